package org.photointerests.pipeline.scan

import android.content.Context
import android.content.Intent
import android.os.Build
import android.util.Log
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow

private const val TAG = "ForegroundScan"
private const val ANDROID_16 = 36

/**
 * The scan that a person has started, in a foreground service of its own.
 *
 * Since Android 16 a job that runs a foreground service uses up the time that its app has for jobs,
 * and is ended; a service that the app starts itself, while it is seen, is not.
 */
class ForegroundScan(
    private val context: Context,
    private val isNeeded: Boolean = Build.VERSION.SDK_INT >= ANDROID_16
) {
    private val current = MutableStateFlow<ScanState?>(null)

    /** Null while no service scans. */
    val state: StateFlow<ScanState?> = current.asStateFlow()

    /** Returns false where the service is not needed or not allowed: a job does it then. */
    fun start(): Boolean {
        if (!isNeeded) return false
        return try {
            context.startForegroundService(Intent(context, ScanService::class.java))
            current.value = ScanState.Running(null)
            true
        } catch (error: IllegalStateException) {
            Log.i(TAG, "not allowed while the app is not seen", error)
            false
        }
    }

    fun stop() {
        context.stopService(Intent(context, ScanService::class.java))
    }

    internal fun report(state: ScanState?) {
        current.value = state
    }
}
