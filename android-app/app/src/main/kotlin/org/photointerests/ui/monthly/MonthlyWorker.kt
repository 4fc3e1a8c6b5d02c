package org.photointerests.ui.monthly

import android.content.Context
import androidx.work.CoroutineWorker
import androidx.work.WorkerParameters
import kotlinx.coroutines.flow.first
import org.photointerests.PhotoInterests
import org.photointerests.core.Shown
import org.photointerests.insights.interests.Interest
import org.photointerests.insights.interests.Period
import org.photointerests.photoInterests

private const val MAX_NAMES = 3

/** Shows a notification of the last month, once, if the user wants it and there is something to see. */
class MonthlyWorker(context: Context, parameters: WorkerParameters) :
    CoroutineWorker(context, parameters) {
    override suspend fun doWork(): Result {
        notify(applicationContext.photoInterests)
        return Result.success()
    }

    private suspend fun notify(container: PhotoInterests) {
        val settings = container.settings
        val choices = settings.choices.first()
        // "Delete everything" takes the choice away, and leaves the work.
        if (!choices.monthlyNotification) return
        val month = container.interests.thisMonth().minusMonths(1)
        if (settings.notifiedMonth().let { it != null && it >= month }) return
        val found = container.interests.profile(Period.Month(month), mostPhotos = 1).interests
        if (found.isEmpty()) return
        val names = if (choices.appLock) emptyList() else found.filter(::mayBeNamed)
        val notification = MonthlyNotification(applicationContext)
        if (notification.show(month, names.take(MAX_NAMES).map { it.category })) {
            settings.setNotifiedMonth(month)
        }
    }

    private fun mayBeNamed(interest: Interest) = interest.category.shown == Shown.ALWAYS
}
