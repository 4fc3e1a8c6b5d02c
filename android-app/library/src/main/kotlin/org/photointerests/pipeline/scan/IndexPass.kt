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
import org.photointerests.pipeline.analysis.Earlier
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
 * Each chunk of photos is stored by itself: a pass that was killed continues where it was. It is
 * marked as started before: what was in work when the process crashed is tried again last, each photo
 * alone, and passed over after [org.photointerests.pipeline.index.MAX_CRASHES]. The [lock] is held
 * while a chunk is marked or written, and [isOn] asked: rows of an analyzer that was switched off
 * meanwhile are not written.
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
        val features = Earlier(FeaturesAnalyzer.NAME, extractorVersion)
        val courses = analyzers.filter { isOn(it) }.mapNotNull { one ->
            val after = one.after ?: features
            statuses.version(after.analyzer, after.version)?.let { Course(one, it, register(one)) }
        }
        try {
            // All of them first: who shares photos has to know that.
            var going = courses.filter { it.begin() }
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
        private val after: Long,
        private val version: Long
    ) {
        private var last = PendingPhoto(Long.MAX_VALUE, "", 0, 0, Long.MAX_VALUE)
        private var next = emptyList<PendingPhoto>()
        private var analysis: IndexAnalysis? = null

        var analysed = 0
            private set

        /** Opens the models where there is anything to do; false where there is not. */
        suspend fun begin(): Boolean {
            next = pending()
            if (next.isNotEmpty()) analysis = analyzer.open()
            return analysis != null
        }

        /** Analyses and stores one chunk; false at the end. */
        suspend fun step(): Boolean {
            val photos = next
            val items = photos.map { it.item }
            if (!whileOn { statuses.start(items, analyzer.name, version) }) return false
            val found = photos.zip(checkNotNull(analysis).analyze(photos))
            if (!whileOn { write(analyzer.name, version, found) }) return false
            analysed += photos.size
            next = pending()
            return next.isNotEmpty()
        }

        private suspend fun whileOn(action: suspend () -> Unit): Boolean =
            lock.withLock { isOn(analyzer).also { if (it) action() } }

        private suspend fun pending(): List<PendingPhoto> {
            val photos = statuses.pending(
                after,
                analyzer.name,
                version,
                last.takenAtMs,
                last.item,
                analyzer.photosAtOnce
            )
            if (photos.isNotEmpty()) last = photos.last()
            return photos.ifEmpty { statuses.suspects(version, limit = 1) }
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
