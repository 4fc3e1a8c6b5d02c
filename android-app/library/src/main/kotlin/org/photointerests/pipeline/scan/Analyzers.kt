package org.photointerests.pipeline.scan

import androidx.room.withTransaction
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flatMapLatest
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import org.photointerests.core.Choices
import org.photointerests.core.Settings
import org.photointerests.pipeline.analysis.IndexAnalyzer
import org.photointerests.pipeline.analysis.detections.DetectionAnalyzer
import org.photointerests.pipeline.index.PhotoDatabase
import org.photointerests.pipeline.index.emptyLog
import org.photointerests.pipeline.runtime.ThermalState

/** Whether an analyzer is [on], and about how many [bytes] what it found has. */
data class AnalyzerChoice(val name: String, val on: Boolean, val bytes: Long)

/**
 * What is found out about photos after they were scanned: all that this build has, and those that the
 * user [added].
 *
 * [absent] deletes what an analyzer found, by its name, where its models are gone.
 */
class Analyzers(
    private val packed: List<IndexAnalyzer>,
    private val database: PhotoDatabase,
    private val settings: Settings,
    private val lock: Mutex,
    thermalState: Flow<ThermalState>,
    extractorVersion: String,
    private val added: Flow<List<IndexAnalyzer>> = flowOf(emptyList()),
    private val absent: Map<String, suspend () -> Unit> = emptyMap()
) {
    private val all = added.map { packed + it }
    private val pass = IndexPass(database, extractorVersion, lock, thermalState) { one ->
        one.isOn(settings.choices.first()) &&
            // Models that the user removed meanwhile are gone.
            all.first().any { it.name == one.name && it.version == one.version }
    }

    /** Those that there are, at once and whenever something of them changes. */
    @OptIn(ExperimentalCoroutinesApi::class)
    val choices: Flow<List<AnalyzerChoice>> = all.flatMapLatest { all ->
        settings.choices.map { chosen -> all.filter { it.isOn(chosen) }.map { it.name } }
            .distinctUntilChanged()
            .combine(sizes(all)) { on, bytes ->
                all.map { AnalyzerChoice(it.name, it.name in on, bytes.getValue(it.name)) }
            }
    }

    /** Has those that are on see all photos that they have not seen yet; detectors share a photo. */
    suspend fun run() {
        val (detectors, others) = packed.partition { it is DetectionAnalyzer }
        others.forEach { pass.run(it) }
        pass.run(detectors)
        // What did not fit into the package takes longest.
        added.first().forEach { pass.run(it) }
    }

    /** Switches one on or off; what it found is deleted then, and what others made of that. */
    suspend fun set(name: String, on: Boolean) {
        settings.setAnalyzer(name, on)
        if (on) return
        val there = all.first().filter { it.name == name || it.after?.analyzer == name }
        val rest = if (there.any { it.name == name }) null else absent[name]
        if (there.isEmpty() && rest == null) return
        lock.withLock {
            database.withTransaction {
                rest?.invoke()
                there.forEach { it.deleteRows() }
                (there.map { it.name } + name).forEach { database.analysis().forget(it) }
            }
        }
        database.emptyLog()
    }

    private fun sizes(all: List<IndexAnalyzer>): Flow<Map<String, Long>> = if (all.isEmpty()) {
        flowOf(emptyMap())
    } else {
        combine(all.map { one -> one.storedBytes().map { one.name to it } }) { it.toMap() }
    }

    private fun IndexAnalyzer.isOn(choices: Choices) = choices.analyzers[name] ?: !isOptIn
}
