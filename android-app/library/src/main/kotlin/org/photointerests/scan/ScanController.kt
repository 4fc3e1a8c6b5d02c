package org.photointerests.scan

import androidx.work.Constraints
import androidx.work.ExistingWorkPolicy
import androidx.work.OneTimeWorkRequestBuilder
import androidx.work.WorkInfo
import androidx.work.WorkManager
import androidx.work.await
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.first
import org.photointerests.store.Settings

private const val SCAN = "scan"

/** What the scan is at. */
sealed interface ScanState {
    data object Idle : ScanState

    /** For the battery, or for the system to start it. */
    data object Waiting : ScanState

    /** [progress] is null until the first photo is listed. */
    data class Running(val progress: ScanProgress?) : ScanState

    data object Paused : ScanState

    data class Failed(val reason: ScanFailure) : ScanState
}

/** Starts, pauses and stops the scan, which WorkManager keeps alive. */
class ScanController(private val work: WorkManager, private val settings: Settings) {
    private val rescans = RescanSchedule(work)

    val state: Flow<ScanState> =
        combine(work.getWorkInfosForUniqueWorkFlow(SCAN), settings.choices) { infos, choices ->
            state(infos.lastOrNull(), choices.paused)
        }.distinctUntilChanged()

    /** Starts a scan, or goes on with it; from then on photos that come or change are read too. */
    suspend fun start() {
        settings.setPaused(false)
        val constraints = Constraints.Builder().setRequiresBatteryNotLow(true).build()
        val scan = OneTimeWorkRequestBuilder<ScanWorker>().setConstraints(constraints).build()
        work.enqueueUniqueWork(SCAN, ExistingWorkPolicy.KEEP, scan).await()
        rescans.begin()
    }

    /** Has later changes start a scan; a scan says so as soon as it has read the gallery. */
    suspend fun watch() = rescans.begin()

    /** As [start], unless the user paused: for scans that nobody asked for just now. */
    suspend fun startUnlessPaused() {
        if (!settings.choices.first().paused) start()
    }

    /** Stops until [start]; what was read stays. */
    suspend fun pause() {
        settings.setPaused(true)
        work.cancelUniqueWork(SCAN).await()
    }

    /** Stops, and reads new photos no more; what was read stays. */
    suspend fun stop() {
        settings.setPaused(false)
        work.cancelUniqueWork(SCAN).await()
        rescans.end()
    }

    private fun state(info: WorkInfo?, paused: Boolean): ScanState = when (info?.state) {
        WorkInfo.State.RUNNING -> ScanState.Running(info.progress.toProgress())
        WorkInfo.State.ENQUEUED, WorkInfo.State.BLOCKED -> ScanState.Waiting
        WorkInfo.State.FAILED ->
            ScanState.Failed(ScanFailure.valueOf(info.outputData.getString(FAILURE) ?: "ERROR"))
        else -> if (paused) ScanState.Paused else ScanState.Idle
    }
}
