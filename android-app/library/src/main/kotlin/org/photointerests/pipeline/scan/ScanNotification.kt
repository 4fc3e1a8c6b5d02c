package org.photointerests.pipeline.scan

import android.app.Notification
import android.app.PendingIntent
import android.content.Context
import android.content.Intent
import android.content.pm.ServiceInfo
import android.os.Build
import androidx.annotation.StringRes
import androidx.core.app.NotificationChannelCompat
import androidx.core.app.NotificationCompat
import androidx.core.app.NotificationManagerCompat
import androidx.work.ForegroundInfo
import org.photointerests.core.inTextLanguage
import org.photointerests.library.R

private const val CHANNEL = "scan"
private const val ID = 1

/** The notification of a running scan: count, rate, time left, and how to pause or stop it. */
class ScanNotification(context: Context) {
    private val context = context.inTextLanguage()
    private val manager = NotificationManagerCompat.from(context)

    fun foreground(progress: ScanProgress?): ForegroundInfo {
        createChannel()
        val notification = build(progress)
        return if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.Q) {
            ForegroundInfo(ID, notification, ServiceInfo.FOREGROUND_SERVICE_TYPE_DATA_SYNC)
        } else {
            ForegroundInfo(ID, notification)
        }
    }

    /** Does nothing where the user allows no notifications. */
    fun update(progress: ScanProgress) {
        if (!manager.areNotificationsEnabled()) return
        try {
            manager.notify(ID, build(progress))
        } catch (_: SecurityException) {
            // Disallowed between the question and the call.
        }
    }

    /** To be called once the scan has ended: what was reported last may still be shown. */
    fun cancel() = manager.cancel(ID)

    private fun createChannel() {
        val channel = NotificationChannelCompat
            .Builder(CHANNEL, NotificationManagerCompat.IMPORTANCE_LOW)
            .setName(context.getString(R.string.scan_channel))
            .build()
        manager.createNotificationChannel(channel)
    }

    private fun build(progress: ScanProgress?): Notification {
        val isAnalyzing = progress?.isAnalyzing == true
        val title =
            if (isAnalyzing) R.string.scan_analyzing else R.string.scan_notification_title
        val builder = NotificationCompat.Builder(context, CHANNEL)
            .setSmallIcon(R.drawable.scan_notification)
            .setContentTitle(context.getString(title))
            .setOngoing(true)
            .setOnlyAlertOnce(true)
            .setContentIntent(openApp())
            .addAction(button(R.string.scan_notification_pause, ScanActionReceiver.PAUSE))
            .addAction(button(R.string.scan_notification_stop, ScanActionReceiver.STOP))
        if (progress != null) builder.setContentText(context.describe(progress))
        return if (progress == null || isAnalyzing) {
            builder.setProgress(0, 0, true)
        } else {
            builder.setProgress(progress.total, progress.done, false)
        }.build()
    }

    /** Null for an app that has nothing to open. */
    private fun openApp(): PendingIntent? =
        context.packageManager.getLaunchIntentForPackage(context.packageName)?.let {
            PendingIntent.getActivity(context, 0, it, PendingIntent.FLAG_IMMUTABLE)
        }

    private fun button(@StringRes text: Int, action: String): NotificationCompat.Action {
        val intent = Intent(context, ScanActionReceiver::class.java).setAction(action)
        val pending =
            PendingIntent.getBroadcast(context, 0, intent, PendingIntent.FLAG_IMMUTABLE)
        return NotificationCompat.Action(0, context.getString(text), pending)
    }
}
