package org.photointerests.scan

import android.content.Context
import android.os.Build
import android.util.Log
import androidx.work.CoroutineWorker
import androidx.work.ForegroundInfo
import androidx.work.WorkInfo
import androidx.work.WorkerParameters
import androidx.work.workDataOf
import kotlin.coroutines.cancellation.CancellationException
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.withContext
import org.photointerests.photoInterests

private const val TAG = "ScanWorker"
private const val MOST_ATTEMPTS = 3
private const val UPDATE_INTERVAL_NS = 500_000_000L
private const val DAY_MS = 86_400_000L

/** Runs a scan as long as it takes, with a notification. */
class ScanWorker(context: Context, parameters: WorkerParameters) :
    CoroutineWorker(context, parameters) {
    private val notification = ScanNotification(context)
    private var lastUpdate = Long.MIN_VALUE
    private var lastHeat = Heat.COOL
    private val settings get() = applicationContext.photoInterests.settings

    override suspend fun doWork(): Result {
        if (mayBeInForeground()) showForeground()
        return try {
            val result = scan()
            if (result == ScanResult.COMPLETE) Result.success() else fail(ScanFailure.NO_ACCESS)
        } catch (error: CancellationException) {
            withContext(NonCancellable) { noteTimeout() }
            throw error
        } catch (error: Exception) {
            Log.e(TAG, "scan failed, attempt $runAttemptCount", error)
            val failure = failureOf(error)
            val again = failure.passes && runAttemptCount + 1 < MOST_ATTEMPTS
            if (again) Result.retry() else fail(failure)
        }
    }

    private suspend fun scan(): ScanResult {
        val container = applicationContext.photoInterests
        val scanner = container.scanner()
        val result = scanner.scan(::update)
        if (result == ScanResult.NO_ACCESS) return result
        container.scans.watch()
        // What changed while photos were read came too early to be noticed from here on.
        return scanner.scan(::update)
    }

    override suspend fun getForegroundInfo(): ForegroundInfo = notification.foreground(null)

    /**
     * Android 15 lets an app work in the foreground six hours a day: for the rest of the day
     * WorkManager runs this as any other work, some minutes at a time.
     */
    private suspend fun noteTimeout() {
        if (Build.VERSION.SDK_INT < Build.VERSION_CODES.S) return
        if (stopReason != WorkInfo.STOP_REASON_FOREGROUND_SERVICE_TIMEOUT) return
        Log.i(TAG, "no more time in the foreground today")
        settings.setForegroundSpentAt(System.currentTimeMillis())
    }

    private suspend fun mayBeInForeground(): Boolean =
        System.currentTimeMillis() - settings.foregroundSpentAtMs() >= DAY_MS

    private suspend fun showForeground() {
        try {
            setForeground(getForegroundInfo())
        } catch (error: IllegalStateException) {
            // Started while nobody looks: the system then allows a short run without it.
            Log.i(TAG, "scanning without a notification", error)
        }
    }

    private suspend fun update(progress: ScanProgress) {
        val now = System.nanoTime()
        val special = progress.done == progress.total || progress.heat != lastHeat
        lastHeat = progress.heat
        if (!special &&
            lastUpdate != Long.MIN_VALUE &&
            now - lastUpdate < UPDATE_INTERVAL_NS
        ) {
            return
        }
        lastUpdate = now
        setProgress(progress.toData())
        notification.update(progress)
    }

    private fun fail(reason: ScanFailure) = Result.failure(workDataOf(FAILURE to reason.name))
}
