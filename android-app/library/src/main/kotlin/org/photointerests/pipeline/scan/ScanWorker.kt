package org.photointerests.pipeline.scan

import android.content.Context
import android.os.Build
import android.util.Log
import androidx.work.CoroutineWorker
import androidx.work.ForegroundInfo
import androidx.work.WorkInfo
import androidx.work.WorkerParameters
import androidx.work.workDataOf
import java.io.IOException
import kotlin.coroutines.cancellation.CancellationException
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.withContext
import org.photointerests.photoInterests

private const val TAG = "ScanWorker"
private const val MAX_FAILURES = 3
private const val DAY_MS = 86_400_000L

/** Runs a scan as long as it takes, with a notification. */
class ScanWorker(context: Context, parameters: WorkerParameters) :
    CoroutineWorker(context, parameters) {
    private val notification = ScanNotification(context)
    private var inForeground = false
    private val settings get() = applicationContext.photoInterests.settings

    override suspend fun doWork(): Result {
        // A person has started the same in a service meanwhile.
        if (applicationContext.photoInterests.foregroundScan.state.value is ScanState.Running) {
            return Result.retry()
        }
        inForeground = mayBeInForeground() && showForeground()
        return try {
            val result = ScanPasses(applicationContext.photoInterests).run(::update)
            countFailures(0)
            if (result == ScanResult.COMPLETE) Result.success() else fail(ScanFailure.NO_ACCESS)
        } catch (error: CancellationException) {
            withContext(NonCancellable) { noteTimeout() }
            throw error
        } catch (error: Exception) {
            Log.e(TAG, "scan failed", error)
            retryOrFail(failureOf(error))
        } finally {
            if (inForeground) notification.cancel()
        }
    }

    /** WorkManager counts interruptions as attempts too: here only failures count. */
    private suspend fun retryOrFail(failure: ScanFailure): Result {
        val failures = settings.scanFailures() + 1
        val again = failure.passes && failures < MAX_FAILURES
        countFailures(if (again) failures else 0)
        return if (again) Result.retry() else fail(failure)
    }

    private suspend fun countFailures(failures: Int) = try {
        if (settings.scanFailures() != failures) settings.setScanFailures(failures) else Unit
    } catch (error: IOException) {
        Log.i(TAG, "failures are not counted", error) // the storage is full, for instance
        Unit
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

    /** Returns false for a scan that has to do without a notification. */
    private suspend fun showForeground(): Boolean = try {
        setForeground(getForegroundInfo())
        true
    } catch (error: IllegalStateException) {
        // Started in the background: the system then allows a short run without it.
        Log.i(TAG, "scanning without a notification", error)
        false
    }

    private suspend fun update(progress: ScanProgress) {
        setProgress(progress.toData())
        if (inForeground) notification.update(progress)
    }

    private fun fail(reason: ScanFailure) = Result.failure(workDataOf(FAILURE to reason.name))
}
