package org.photointerests.ui.widget

import android.app.PendingIntent
import android.content.Context
import android.content.Intent
import android.widget.RemoteViews
import androidx.annotation.StringRes
import org.photointerests.MainActivity
import org.photointerests.R
import org.photointerests.ui.StartAction
import org.photointerests.ui.designsystem.inLanguage

/** What the home screen draws. */
internal fun WidgetContent.views(context: Context): RemoteViews = when (this) {
    WidgetContent.Locked -> message(context, R.string.widget_locked)
    WidgetContent.Empty -> message(context, R.string.interests_none_title)
    is WidgetContent.Interests -> RemoteViews(context.packageName, R.layout.widget).also { all ->
        all.setOnClickPendingIntent(R.id.widget, context.open(Intent.ACTION_MAIN))
        all.removeAllViews(R.id.widget)
        interests.forEach { all.addView(R.id.widget, it.views(context)) }
    }
}

private fun message(context: Context, @StringRes text: Int) =
    RemoteViews(context.packageName, R.layout.widget_message).apply {
        setTextViewText(R.id.widget_text, context.getString(text))
        setOnClickPendingIntent(R.id.widget_text, context.open(Intent.ACTION_MAIN))
    }

private fun WidgetInterest.views(context: Context) =
    RemoteViews(context.packageName, R.layout.widget_interest).apply {
        val locale = context.resources.configuration.locales[0]
        setTextViewText(R.id.widget_name, category.names.inLanguage(locale))
        if (photo == null) {
            setImageViewResource(R.id.widget_photo, R.drawable.ic_interests)
        } else {
            setImageViewBitmap(R.id.widget_photo, photo)
        }
        setOnClickPendingIntent(
            R.id.widget_interest,
            context.open(StartAction.Interest(category.id).action)
        )
    }

private fun Context.open(action: String): PendingIntent {
    val intent = Intent(this, MainActivity::class.java).setAction(action)
        .addFlags(Intent.FLAG_ACTIVITY_NEW_TASK or Intent.FLAG_ACTIVITY_CLEAR_TASK)
    return PendingIntent.getActivity(this, 0, intent, PendingIntent.FLAG_IMMUTABLE)
}
