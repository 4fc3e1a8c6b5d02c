package org.photointerests.ui.widget

import android.appwidget.AppWidgetManager
import android.appwidget.AppWidgetProvider
import android.content.ComponentName
import android.content.Context
import android.content.Intent
import android.util.Log
import kotlin.coroutines.cancellation.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import org.photointerests.PhotoInterests
import org.photointerests.core.inTextLanguage
import org.photointerests.photoInterests

private const val TAG = "InterestsWidget"
private val scope = CoroutineScope(SupervisorJob() + Dispatchers.Default)
private var drawing: Job? = null

/** The strongest interests on the home screen: drawn again when a scan ends or the app is left. */
class InterestsWidget : AppWidgetProvider() {
    override fun onReceive(context: Context, intent: Intent) {
        super.onReceive(context, intent)
        val changed = intent.action == PhotoInterests.ACTION_INTERESTS_CHANGED
        if (changed) draw(context.applicationContext)
    }

    override fun onUpdate(context: Context, manager: AppWidgetManager, widgets: IntArray) =
        draw(context.applicationContext)

    private fun draw(context: Context) {
        val manager = context.getSystemService(AppWidgetManager::class.java) ?: return
        val widgets = manager.getAppWidgetIds(ComponentName(context, InterestsWidget::class.java))
        if (widgets.isEmpty()) return
        // Null where the call is no broadcast.
        val pending: PendingResult? = goAsync()
        // One that is still being drawn knows less.
        drawing?.cancel()
        drawing = scope.launch {
            try {
                val content = widgetContent(context, context.photoInterests)
                val views = content.views(context.inTextLanguage())
                withContext(Dispatchers.Main) {
                    widgets.forEach { manager.updateAppWidget(it, views) }
                }
            } catch (error: CancellationException) {
                throw error
            } catch (error: Exception) {
                // What it showed before stays: the app itself says what is wrong.
                Log.e(TAG, "not updated", error)
            } finally {
                pending?.finish()
            }
        }
    }
}
