package org.photointerests.ui.monthly

import androidx.work.Constraints
import androidx.work.ExistingPeriodicWorkPolicy.KEEP
import androidx.work.PeriodicWorkRequestBuilder
import androidx.work.WorkManager
import androidx.work.await
import java.time.Duration

/** Looks once a day, while it is enabled, whether a month is over. */
class MonthlySchedule(private val work: WorkManager) {
    suspend fun enable() {
        val request = PeriodicWorkRequestBuilder<MonthlyWorker>(Duration.ofDays(1))
            .setConstraints(Constraints.Builder().setRequiresBatteryNotLow(true).build())
            .build()
        work.enqueueUniquePeriodicWork(NAME, KEEP, request).await()
    }

    suspend fun disable() {
        work.cancelUniqueWork(NAME).await()
    }

    companion object {
        /** Name of the work in WorkManager. */
        const val NAME = "monthly"
    }
}
