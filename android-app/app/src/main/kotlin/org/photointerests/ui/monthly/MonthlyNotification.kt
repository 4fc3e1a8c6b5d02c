package org.photointerests.ui.monthly

import android.app.PendingIntent
import android.content.Context
import android.content.Intent
import androidx.core.app.NotificationChannelCompat
import androidx.core.app.NotificationCompat
import androidx.core.app.NotificationManagerCompat
import java.time.YearMonth
import java.time.format.DateTimeFormatter
import org.photointerests.MainActivity
import org.photointerests.R
import org.photointerests.core.Category
import org.photointerests.core.inTextLanguage
import org.photointerests.ui.StartAction
import org.photointerests.ui.designsystem.inLanguage
import org.photointerests.ui.designsystem.joined

private const val ID = 2

/** The notification that a month is over, which opens its page. */
class MonthlyNotification(context: Context) {
    private val context = context.inTextLanguage()
    private val manager = NotificationManagerCompat.from(context)
    private val locale = this.context.resources.configuration.locales[0]

    /** Names [interests], but not on a locked screen; returns whether it may be shown at all. */
    fun show(month: YearMonth, interests: List<Category>): Boolean {
        createChannel()
        if (!manager.areNotificationsEnabled()) return false
        val public = builder(month).build()
        val names = joined(interests.map { it.names.inLanguage(locale) }, locale)
        val private = builder(month).setPublicVersion(public)
            .setVisibility(NotificationCompat.VISIBILITY_PRIVATE)
        if (interests.isNotEmpty()) private.setContentText(names)
        return try {
            manager.notify(ID, private.build())
            true
        } catch (_: SecurityException) {
            false // disallowed between the question and the call
        }
    }

    private fun createChannel() = manager.createNotificationChannel(
        NotificationChannelCompat.Builder(CHANNEL, NotificationManagerCompat.IMPORTANCE_LOW)
            .setName(context.getString(R.string.settings_monthly))
            .build()
    )

    private fun builder(month: YearMonth): NotificationCompat.Builder {
        val name = DateTimeFormatter.ofPattern("LLLL", locale).format(month)
        return NotificationCompat.Builder(context, CHANNEL)
            .setSmallIcon(R.drawable.ic_timeline)
            .setContentTitle(context.getString(R.string.monthly_title, name))
            .setContentText(context.getString(R.string.monthly_text))
            .setContentIntent(open(month))
            .setAutoCancel(true)
    }

    private fun open(month: YearMonth): PendingIntent {
        val intent = Intent(context, MainActivity::class.java)
            .setAction(StartAction.Month(month).action)
            .addFlags(Intent.FLAG_ACTIVITY_NEW_TASK or Intent.FLAG_ACTIVITY_CLEAR_TASK)
        return PendingIntent.getActivity(context, 0, intent, PendingIntent.FLAG_IMMUTABLE)
    }

    companion object {
        /** Id of its channel. */
        const val CHANNEL = "monthly"
    }
}
