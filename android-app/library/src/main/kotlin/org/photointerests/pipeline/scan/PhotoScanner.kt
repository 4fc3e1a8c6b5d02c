package org.photointerests.pipeline.scan

import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.cancelChildren
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext
import org.photointerests.pipeline.analysis.Analyzer
import org.photointerests.pipeline.index.Checkpoint
import org.photointerests.pipeline.index.PhotoDatabase
import org.photointerests.pipeline.index.RegisteredAnalyzer
import org.photointerests.pipeline.index.ScanIndex
import org.photointerests.pipeline.media.PhotoAccess
import org.photointerests.pipeline.media.PhotoSource
import org.photointerests.pipeline.media.VolumeReindex
import org.photointerests.pipeline.media.VolumeState
import org.photointerests.pipeline.runtime.ProcessEnd
import org.photointerests.pipeline.runtime.ThermalState

// Within what SQLite takes as parameters of one query.
private const val IDS = 500

// As in Python: a photo takes some hundred milliseconds, and a slow phone ten times as long.
private const val PHOTO_LIMIT_MS = 60_000L

/**
 * Analyses every photo that is new or changed, and forgets those that are gone.
 *
 * Each photo is stored by itself: a scan that was killed continues where it was. Photos on a volume
 * that is not mounted are kept and hidden.
 * [lastEnd] says how the process of the last scan ended. The [lock] is held while the index is
 * written. A photo that takes longer than [photoLimitMs] is named and skipped.
 */
class PhotoScanner(
    private val source: PhotoSource,
    private val database: PhotoDatabase,
    private val analyzers: List<Analyzer>,
    private val index: ScanIndex = ScanIndex(database),
    private val lastEnd: suspend () -> ProcessEnd = { ProcessEnd.INTERRUPTED },
    private val nanoTime: () -> Long = System::nanoTime,
    private val dispatcher: CoroutineDispatcher = Dispatchers.Default,
    private val thermalState: Flow<ThermalState> = flowOf(ThermalState.NOMINAL),
    private val lock: Mutex = Mutex(),
    private val photoLimitMs: Long = PHOTO_LIMIT_MS
) {
    private val media = database.media()

    /**
     * Scans the gallery; [report] is called after every photo, and before the phone may cool down.
     *
     * [retry] has photos analysed again that failed for a reason that may have passed.
     */
    suspend fun scan(retry: Boolean = true, report: suspend (ScanProgress) -> Unit): ScanResult =
        withContext(dispatcher) {
            val thermalState = thermalState.stateIn(this)
            try {
                lock.withLock { scan(retry, thermalState, report) }
            } finally {
                coroutineContext.cancelChildren() // who follows the thermal state
            }
        }

    private suspend fun scan(
        retry: Boolean,
        thermalState: StateFlow<ThermalState>,
        report: suspend (ScanProgress) -> Unit
    ): ScanResult {
        val access = source.access()
        if (access == PhotoAccess.DENIED) return ScanResult.NO_ACCESS
        val registered = index.register(analyzers)
        index.recover(crashed = lastEnd() != ProcessEnd.INTERRUPTED)
        // Asked before the photos are listed: what changes meanwhile is met by the next scan.
        val volumes = source.volumes()
        hideUnmounted(volumes)
        reindex(volumes)
        val checkpoints = checkpoints(access, volumes)
        val excluded = media.excludedAlbums()
        val total = source.count(excluded)
        if (isUnchanged(checkpoints) && !(retry && mayRetry(registered))) {
            report(ScanProgress(total, total, 0, 0f))
            return ScanResult.COMPLETE
        }
        val plan = ScanPlan(volumes, excluded, total, retry, photoLimitMs)
        val run = ScanRun(source, media, index, registered, plan, nanoTime, thermalState, report)
        val remaining = run.use { it.analyzeAll() }
        val accessAfter = source.access()
        // Where access was taken meanwhile, the gallery looks smaller: no reason to forget photos.
        if (accessAfter == access) {
            forget(remaining, volumes)
            if (!media.endScan(checkpoints, excluded)) return scan(retry, thermalState, report)
        }
        return if (accessAfter == PhotoAccess.DENIED) {
            ScanResult.NO_ACCESS
        } else {
            ScanResult.COMPLETE
        }
    }

    private suspend fun hideUnmounted(volumes: List<VolumeState>?) {
        if (volumes == null) return
        val unmounted = media.volumes() - volumes.map { it.volume }.toSet()
        if (unmounted.sorted() != media.hiddenVolumes()) media.hideVolumes(unmounted)
    }

    private suspend fun reindex(volumes: List<VolumeState>?) {
        val versions = media.checkpoints().associate { it.volume to it.version }
        val changed = volumes.orEmpty().filter {
            versions[it.volume] != null && versions[it.volume] != it.version
        }
        if (changed.isNotEmpty()) VolumeReindex(source, database).update(changed)
    }

    private suspend fun isUnchanged(checkpoints: List<Checkpoint>): Boolean =
        checkpoints.isNotEmpty() && media.checkpoints().containsAll(checkpoints)

    private suspend fun mayRetry(analyzers: List<RegisteredAnalyzer>) =
        media.retryable(analyzers.map { it.version }) > 0

    /** A volume that was taken out meanwhile looks empty. */
    private suspend fun forget(remaining: Map<String, List<Long>>, before: List<VolumeState>?) {
        val mounted = source.volumes()?.map { it.volume }
        remaining.filterKeys { before == null || mounted == null || it in mounted }
            .forEach { (volume, ids) -> ids.chunked(IDS).forEach { media.forget(volume, it) } }
    }

    /** None where photos may come and go without a trace: the user's selection is not counted. */
    private fun checkpoints(access: PhotoAccess, volumes: List<VolumeState>?): List<Checkpoint> {
        val names = analyzers.joinToString { "${it.name} ${it.version}" }
        return if (access == PhotoAccess.FULL) {
            volumes.orEmpty().mapNotNull { Checkpoint.of(it, names) }.sortedBy { it.volume }
        } else {
            emptyList()
        }
    }
}
