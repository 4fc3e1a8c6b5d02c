package org.photointerests.pipeline.scan

import androidx.room.withTransaction
import kotlinx.coroutines.cancelChildren
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import org.photointerests.pipeline.analysis.AnalysisRows
import org.photointerests.pipeline.analysis.IndexAnalysis
import org.photointerests.pipeline.analysis.IndexAnalyzer
import org.photointerests.pipeline.analysis.PendingPhoto
import org.photointerests.pipeline.analysis.RowTarget
import org.photointerests.pipeline.analysis.features.FeaturesAnalyzer
import org.photointerests.pipeline.decode.PhotoProblem
import org.photointerests.pipeline.index.AnalysisState
import org.photointerests.pipeline.index.AnalysisStatus
import org.photointerests.pipeline.index.AnalyzerVersion
import org.photointerests.pipeline.index.PhotoDatabase
import org.photointerests.pipeline.index.failed
import org.photointerests.pipeline.runtime.ThermalState

private const val NANOSECONDS_A_MILLISECOND = 1_000_000

/**
 * Has analyzers see all photos that they have not seen yet, the newest first.
 *
 * Each chunk of photos is stored by itself: a pass that was killed continues where it was. The
 * [lock] is held while a chunk is written, and [isOn] asked: rows of an analyzer that was switched
 * off meanwhile are not written.
 */
class IndexPass(
    private val database: PhotoDatabase,
    private val extractorVersion: String,
    private val lock: Mutex,
    private val thermalState: Flow<ThermalState> = flowOf(ThermalState.NOMINAL),
    private val nanoTime: () -> Long = System::nanoTime,
    private val isOn: suspend (IndexAnalyzer) -> Boolean = { true }
) {
    private val statuses = database.analysis()

    /** Returns the number of photos that were analysed. */
    suspend fun run(analyzer: IndexAnalyzer): Int = run(listOf(analyzer))

    /**
     * Several take turns, a chunk each: what one has made of a photo is there for the next.
     *
     * Returns the number of photos that were analysed, those of each analyzer counted.
     */
    suspend fun run(analyzers: List<IndexAnalyzer>): Int = coroutineScope {
        try {
            run(analyzers, thermalState.stateIn(this))
        } finally {
            coroutineContext.cancelChildren() // who follows the thermal state
        }
    }

    private suspend fun run(analyzers: List<IndexAnalyzer>, heat: StateFlow<ThermalState>): Int {
        val features = statuses.version(FeaturesAnalyzer.NAME, extractorVersion) ?: return 0
        val courses = analyzers.filter { isOn(it) }.map { Course(it, features, register(it)) }
        try {
            var going = courses
            while (going.isNotEmpty()) {
                val started = nanoTime()
                going = going.filter { it.step() }
                val chunkMs = (nanoTime() - started) / NANOSECONDS_A_MILLISECOND
                if (going.isNotEmpty()) throttle(heat, chunkMs)
            }
        } finally {
            courses.forEach { it.close() }
        }
        analyzers.filter { isOn(it) }.forEach { it.finish() }
        return courses.sumOf { it.analysed }
    }

    /** The way of an analyzer through its photos; its models are opened for the first one. */
    private inner class Course(
        private val analyzer: IndexAnalyzer,
        private val features: Long,
        private val version: Long
    ) {
        private var last = PendingPhoto(Long.MAX_VALUE, "", 0, 0, Long.MAX_VALUE)
        private var analysis: IndexAnalysis? = null

        var analysed = 0
            private set

        /** Analyses and stores one chunk; false at the end. */
        suspend fun step(): Boolean {
            val photos = statuses.pending(
                features,
                analyzer.name,
                version,
                last.takenAtMs,
                last.item,
                analyzer.photosAtOnce
            )
            if (photos.isEmpty()) return false
            val opened = analysis ?: analyzer.open()?.also { analysis = it } ?: return false
            val found = photos.zip(opened.analyze(photos))
            val written = lock.withLock {
                isOn(analyzer).also { if (it) write(analyzer.name, version, found) }
            }
            if (!written) return false
            analysed += photos.size
            last = photos.last()
            return true
        }

        fun close() = analysis?.close()
    }

    private suspend fun register(analyzer: IndexAnalyzer): Long = database.withTransaction {
        statuses.version(analyzer.name, analyzer.version)
            ?: statuses.insert(AnalyzerVersion(null, analyzer.name, analyzer.version))
    }

    private suspend fun write(
        analyzer: String,
        version: Long,
        found: List<Pair<PendingPhoto, AnalysisRows?>>
    ) = database.withTransaction {
        val there = statuses.existing(found.map { it.first.item }).toSet()
        for ((photo, rows) in found.filter { it.first.item in there }) {
            rows?.write(RowTarget(photo.item, version, photo.month))
            val before = statuses.status(photo.item, analyzer)?.takeIf { it.version == version }
                ?: AnalysisStatus(photo.item, analyzer, version, AnalysisState.STARTED)
            statuses.put(
                if (rows != null) {
                    before.copy(state = AnalysisState.DONE, reason = null)
                } else {
                    before.failed(PhotoProblem.UNREADABLE)
                }
            )
        }
    }

    /** As a scan spares a warm phone. */
    private suspend fun throttle(heat: StateFlow<ThermalState>, chunkMs: Long) {
        if (heat.value == ThermalState.MODERATE) delay(chunkMs)
        heat.first { it != ThermalState.SEVERE }
    }
}
