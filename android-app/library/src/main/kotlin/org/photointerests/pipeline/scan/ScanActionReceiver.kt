package org.photointerests.pipeline.scan

import android.content.BroadcastReceiver
import android.content.Context
import android.content.Intent
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.launch
import org.photointerests.photoInterests

/** The buttons of the scan's notification. */
class ScanActionReceiver : BroadcastReceiver() {
    override fun onReceive(context: Context, intent: Intent) {
        val scans = context.photoInterests.scans
        val pending = goAsync()
        CoroutineScope(Dispatchers.Default).launch {
            try {
                when (intent.action) {
                    PAUSE -> scans.pause()
                    STOP -> scans.stop()
                }
            } finally {
                pending?.finish()
            }
        }
    }

    companion object {
        const val PAUSE = "pause"
        const val STOP = "stop"
    }
}
