package org.photointerests.pipeline.scan

import androidx.work.BackoffPolicy
import androidx.work.Constraints
import androidx.work.ExistingWorkPolicy
import androidx.work.ExistingWorkPolicy.APPEND_OR_REPLACE
import androidx.work.ExistingWorkPolicy.KEEP
import androidx.work.ExistingWorkPolicy.REPLACE
import androidx.work.OneTimeWorkRequestBuilder
import androidx.work.WorkInfo
import androidx.work.WorkManager
import androidx.work.await
import java.time.Duration
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.first
import org.photointerests.core.Settings

private const val SCAN = "scan"
private val AFTER_SERVICE = Duration.ofMinutes(15)
private val WAIT_AFTER_DEATH = Duration.ofSeconds(10)

/** Starts, pauses and stops the scan, which WorkManager keeps alive. */
class ScanController(
    private val work: WorkManager,
    private val settings: Settings,
    private val foreground: ForegroundScan
) {
    private val rescans = RescanSchedule(work)

    val state: Flow<ScanState> = combine(
        work.getWorkInfosForUniqueWorkFlow(SCAN),
        settings.choices,
        foreground.state
    ) { infos, choices, inForeground ->
        when {
            inForeground is ScanState.Running -> inForeground
            inForeground != null && infos.all { it.state.isFinished } -> inForeground
            else -> state(infos, choices.paused)
        }
    }.distinctUntilChanged()

    /** Starts a scan for a person, or continues it; one that waits is asked for once more. */
    suspend fun start() {
        // Android counts from zero once the user is back.
        settings.setForegroundSpentAt(0)
        settings.setScanFailures(0)
        if (infos().any { it.state == WorkInfo.State.RUNNING }) return begin(KEEP)
        val charging = settings.choices.first().onlyCharging
        val inForeground = !charging && foreground.start()
        // Should the process end, the work continues what the service has begun.
        begin(REPLACE, if (inForeground) AFTER_SERVICE else Duration.ZERO)
    }

    /** All is scanned: the work that would continue has nothing to do. */
    internal suspend fun foregroundScanEnded() {
        work.cancelUniqueWork(SCAN).await()
    }

    /** Starts a scan that no person asked for, unless scans are paused or not automatic. */
    suspend fun startAutomatically() {
        val choices = settings.choices.first()
        if (choices.paused || !choices.autoScan) return
        // A scan that runs may have listed the gallery before the change: one more follows it.
        val runs = infos().any { it.state == WorkInfo.State.RUNNING }
        begin(if (runs) APPEND_OR_REPLACE else KEEP)
    }

    private suspend fun begin(policy: ExistingWorkPolicy, delay: Duration = Duration.ZERO) {
        settings.setPaused(false)
        enqueue(policy, delay)
        watch()
    }

    /** Whether photos are scanned by themselves when they come or change; persisted. */
    suspend fun setAutoScan(autoScan: Boolean) {
        settings.setAutoScan(autoScan)
        if (autoScan) rescans.enable() else rescans.disable()
    }

    /** Has a scan run while the phone is charged alone, or whenever the battery is not low. */
    suspend fun setOnlyCharging(onlyCharging: Boolean) {
        settings.setOnlyCharging(onlyCharging)
        if (infos().any { !it.state.isFinished }) enqueue(REPLACE)
    }

    private suspend fun enqueue(policy: ExistingWorkPolicy, delay: Duration = Duration.ZERO) {
        val constraints = Constraints.Builder()
            .setRequiresBatteryNotLow(true)
            .setRequiresCharging(settings.choices.first().onlyCharging)
            .build()
        val scan = OneTimeWorkRequestBuilder<ScanWorker>()
            .setConstraints(constraints)
            .setInitialDelay(delay)
            // Doubled, as is usual, it would be hours after some deaths of the process.
            .setBackoffCriteria(BackoffPolicy.LINEAR, WAIT_AFTER_DEATH)
            .build()
        work.enqueueUniqueWork(SCAN, policy, scan).await()
    }

    /** Has later changes start a scan, where scans are automatic. */
    suspend fun watch() {
        if (settings.choices.first().autoScan) rescans.enable()
    }

    /** False where a change was noticed since [watch]. */
    suspend fun isWatching(): Boolean = !settings.choices.first().autoScan || rescans.isArmed()

    /** Stops until [start]; scanned photos are kept. */
    suspend fun pause() {
        settings.setPaused(true)
        cancel()
    }

    /** Stops, and switches automatic scans off; scanned photos are kept. */
    suspend fun stop() {
        settings.setPaused(false)
        setAutoScan(false)
        cancel()
    }

    private suspend fun cancel() {
        foreground.stop()
        work.cancelUniqueWork(SCAN).await()
    }

    private suspend fun infos() = work.getWorkInfosForUniqueWorkFlow(SCAN).first()

    private fun state(infos: List<WorkInfo>, paused: Boolean): ScanState {
        val info = infos.find { it.state == WorkInfo.State.RUNNING }
            ?: infos.find { !it.state.isFinished }
            ?: infos.lastOrNull { it.outputData.getString(FAILURE) != null }
            ?: infos.lastOrNull()
        return when (info?.state) {
            WorkInfo.State.RUNNING -> ScanState.Running(info.progress.toProgress())
            WorkInfo.State.ENQUEUED, WorkInfo.State.BLOCKED ->
                ScanState.Waiting(waitReasonOf(info))
            WorkInfo.State.FAILED -> ScanState.Failed(info.outputData.toFailure())
            else -> if (paused) ScanState.Paused else ScanState.Idle
        }
    }
}
