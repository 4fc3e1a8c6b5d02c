package org.photointerests.scan

import android.content.Context
import android.util.Log
import androidx.work.CoroutineWorker
import androidx.work.ForegroundInfo
import androidx.work.WorkerParameters
import androidx.work.workDataOf
import kotlin.coroutines.cancellation.CancellationException
import org.photointerests.photoInterests

private const val TAG = "ScanWorker"
private const val MOST_ATTEMPTS = 3
private const val UPDATE_INTERVAL_NS = 500_000_000L

/** Runs a scan as long as it takes, with a notification. */
class ScanWorker(context: Context, parameters: WorkerParameters) :
    CoroutineWorker(context, parameters) {
    private val notification = ScanNotification(context)
    private var lastUpdate = Long.MIN_VALUE

    override suspend fun doWork(): Result {
        showForeground()
        return try {
            val result = scan()
            if (result == ScanResult.COMPLETE) Result.success() else fail(ScanFailure.NO_ACCESS)
        } catch (error: CancellationException) {
            throw error
        } catch (error: Exception) {
            Log.e(TAG, "scan failed, attempt $runAttemptCount", error)
            if (runAttemptCount + 1 < MOST_ATTEMPTS) Result.retry() else fail(ScanFailure.ERROR)
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
        val last = progress.done == progress.total
        if (!last && lastUpdate != Long.MIN_VALUE && now - lastUpdate < UPDATE_INTERVAL_NS) return
        lastUpdate = now
        setProgress(progress.toData())
        notification.update(progress)
    }

    private fun fail(reason: ScanFailure) = Result.failure(workDataOf(FAILURE to reason.name))
}
