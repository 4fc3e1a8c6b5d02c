package org.photointerests.scan

import androidx.work.BackoffPolicy
import androidx.work.Constraints
import androidx.work.ExistingWorkPolicy
import androidx.work.OneTimeWorkRequestBuilder
import androidx.work.WorkInfo
import androidx.work.WorkManager
import androidx.work.await
import java.time.Duration
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.first
import org.photointerests.store.Settings

private const val SCAN = "scan"
private val WAIT_AFTER_DEATH = Duration.ofSeconds(10)
private val OUT_OF_TIME =
    setOf(WorkInfo.STOP_REASON_FOREGROUND_SERVICE_TIMEOUT, WorkInfo.STOP_REASON_TIMEOUT)

/** What the scan is at. */
sealed interface ScanState {
    data object Idle : ScanState

    /** For the battery, or for the system to start it. */
    data object Waiting : ScanState

    /** The user wants it to go on while the phone is charged. */
    data object WaitingForCharger : ScanState

    /** Android stopped it for today, and goes on with it in short spells when it likes. */
    data object HandedOver : ScanState

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
        // Android counts anew once the user is back.
        settings.setForegroundSpentAt(0)
        begin()
    }

    private suspend fun begin() {
        settings.setPaused(false)
        enqueue(ExistingWorkPolicy.KEEP)
        rescans.begin()
    }

    /** Has a scan go on while the phone is charged alone, or whenever the battery is not low. */
    suspend fun setOnlyCharging(onlyCharging: Boolean) {
        settings.setOnlyCharging(onlyCharging)
        val unfinished = work.getWorkInfosForUniqueWorkFlow(SCAN).first().any {
            !it.state.isFinished
        }
        if (unfinished) enqueue(ExistingWorkPolicy.REPLACE)
    }

    private suspend fun enqueue(policy: ExistingWorkPolicy) {
        val constraints = Constraints.Builder()
            .setRequiresBatteryNotLow(true)
            .setRequiresCharging(settings.choices.first().onlyCharging)
            .build()
        val scan = OneTimeWorkRequestBuilder<ScanWorker>()
            .setConstraints(constraints)
            // Doubled, as is usual, it would be hours after some deaths of the process.
            .setBackoffCriteria(BackoffPolicy.LINEAR, WAIT_AFTER_DEATH)
            .build()
        work.enqueueUniqueWork(SCAN, policy, scan).await()
    }

    /** Has later changes start a scan; a scan says so as soon as it has read the gallery. */
    suspend fun watch() = rescans.begin()

    /** As [start], unless the user paused: for scans that nobody asked for just now. */
    suspend fun startUnlessPaused() {
        if (!settings.choices.first().paused) begin()
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
        WorkInfo.State.ENQUEUED, WorkInfo.State.BLOCKED -> waiting(info)
        WorkInfo.State.FAILED ->
            ScanState.Failed(ScanFailure.valueOf(info.outputData.getString(FAILURE) ?: "ERROR"))
        else -> if (paused) ScanState.Paused else ScanState.Idle
    }

    private fun waiting(info: WorkInfo): ScanState = when {
        info.stopReason in OUT_OF_TIME -> ScanState.HandedOver
        info.constraints.requiresCharging() -> ScanState.WaitingForCharger
        else -> ScanState.Waiting
    }
}
