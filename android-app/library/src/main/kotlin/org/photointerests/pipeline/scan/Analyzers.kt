package org.photointerests.pipeline.scan

import androidx.room.withTransaction
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import org.photointerests.core.Choices
import org.photointerests.core.Settings
import org.photointerests.pipeline.analysis.IndexAnalyzer
import org.photointerests.pipeline.analysis.detections.DetectionAnalyzer
import org.photointerests.pipeline.index.PhotoDatabase
import org.photointerests.pipeline.runtime.ThermalState

/** Whether an analyzer is [on], and about how many [bytes] what it found has. */
data class AnalyzerChoice(val name: String, val on: Boolean, val bytes: Long)

/** What is found out about photos after they were scanned, [all] that this build has. */
class Analyzers(
    private val all: List<IndexAnalyzer>,
    private val database: PhotoDatabase,
    private val settings: Settings,
    private val lock: Mutex,
    thermalState: Flow<ThermalState>,
    extractorVersion: String
) {
    private val pass = IndexPass(database, extractorVersion, lock, thermalState) {
        it.isOn(settings.choices.first())
    }

    /** Those that this build has, at once and whenever something of them changes. */
    val choices: Flow<List<AnalyzerChoice>> =
        settings.choices.map { chosen -> all.filter { it.isOn(chosen) }.map { it.name } }
            .distinctUntilChanged()
            .combine(sizes()) { on, bytes ->
                all.map { AnalyzerChoice(it.name, it.name in on, bytes.getValue(it.name)) }
            }

    /** Has those that are on see all photos that they have not seen yet; detectors share a photo. */
    suspend fun run() {
        val (detectors, others) = all.partition { it is DetectionAnalyzer }
        others.forEach { pass.run(it) }
        pass.run(detectors)
    }

    /** Switches one on or off; all that it found is deleted then. */
    suspend fun set(name: String, on: Boolean) {
        settings.setAnalyzer(name, on)
        if (on) return
        val analyzer = all.find { it.name == name } ?: return
        lock.withLock {
            database.withTransaction {
                analyzer.deleteRows()
                database.analysis().forget(name)
            }
        }
    }

    private fun sizes(): Flow<Map<String, Long>> = if (all.isEmpty()) {
        flowOf(emptyMap())
    } else {
        combine(all.map { one -> one.storedBytes().map { one.name to it } }) { it.toMap() }
    }

    private fun IndexAnalyzer.isOn(choices: Choices) = choices.analyzers[name] ?: !isOptIn
}
