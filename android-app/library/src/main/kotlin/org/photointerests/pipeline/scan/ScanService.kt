package org.photointerests.pipeline.scan

import android.app.Service
import android.content.Intent
import android.os.IBinder
import android.util.Log
import androidx.core.app.ServiceCompat
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import kotlinx.coroutines.launch
import org.photointerests.photoInterests

private const val TAG = "ScanService"

/** Runs a scan that a person has started, see [ForegroundScan]. */
class ScanService : Service() {
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.Default)
    private val notification by lazy { ScanNotification(this) }
    private val container get() = photoInterests
    private var running = false

    override fun onStartCommand(intent: Intent?, flags: Int, startId: Int): Int {
        val info = notification.foreground(null)
        ServiceCompat.startForeground(
            this,
            info.notificationId,
            info.notification,
            info.foregroundServiceType
        )
        if (!running) {
            running = true
            scope.launch { scan() }
        }
        // A job that was enqueued along with it continues what a killed process leaves.
        return START_NOT_STICKY
    }

    private suspend fun scan() {
        var end: ScanState? = null
        try {
            val result = ScanPasses(container).run {
                container.foregroundScan.report(ScanState.Running(it))
                notification.update(it)
            }
            if (result == ScanResult.NO_ACCESS) end = ScanState.Failed(ScanFailure.NO_ACCESS)
            container.scans.foregroundScanEnded()
        } catch (error: CancellationException) {
            throw error
        } catch (error: Exception) {
            Log.e(TAG, "scan failed", error)
            end = ScanState.Failed(failureOf(error))
        } finally {
            container.foregroundScan.report(end)
            stopSelf()
        }
    }

    /** Android lets it run some hours a day: the job continues in short runs. */
    override fun onTimeout(startId: Int, fgsType: Int) = stopSelf()

    override fun onDestroy() {
        scope.cancel()
        notification.cancel()
        super.onDestroy()
    }

    override fun onBind(intent: Intent?): IBinder? = null
}
