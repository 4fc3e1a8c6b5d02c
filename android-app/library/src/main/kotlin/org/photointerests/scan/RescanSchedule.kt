package org.photointerests.scan

import android.provider.MediaStore
import androidx.work.Constraints
import androidx.work.ExistingPeriodicWorkPolicy
import androidx.work.ExistingWorkPolicy
import androidx.work.OneTimeWorkRequestBuilder
import androidx.work.PeriodicWorkRequestBuilder
import androidx.work.WorkManager
import androidx.work.await
import java.time.Duration

private const val DAILY = "daily-scan"
private const val CHANGES = "changed-photos"

// A burst of shots, or a download of many photos, is one change.
private val CALM = Duration.ofSeconds(30)
private val LONGEST_CALM = Duration.ofMinutes(10)

/** Has the gallery scanned again: soon after a photo comes or changes, and once a day. */
internal class RescanSchedule(private val work: WorkManager) {
    /** From now on, for changes that are made from now on; to be called after each scan. */
    suspend fun begin() {
        val change = Constraints.Builder()
            .addContentUriTrigger(MediaStore.Images.Media.EXTERNAL_CONTENT_URI, true)
            .setTriggerContentUpdateDelay(CALM)
            .setTriggerContentMaxDelay(LONGEST_CALM)
            .build()
        val onChange = OneTimeWorkRequestBuilder<RescanWorker>().setConstraints(change).build()
        work.enqueueUniqueWork(CHANGES, ExistingWorkPolicy.KEEP, onChange).await()
        // Some phones forget triggers, and old Androids index photos late.
        val daily = PeriodicWorkRequestBuilder<RescanWorker>(Duration.ofDays(1))
            .setConstraints(Constraints.Builder().setRequiresBatteryNotLow(true).build())
            .setInitialDelay(Duration.ofDays(1))
            .build()
        work.enqueueUniquePeriodicWork(DAILY, ExistingPeriodicWorkPolicy.KEEP, daily).await()
    }

    suspend fun end() {
        work.cancelUniqueWork(CHANGES).await()
        work.cancelUniqueWork(DAILY).await()
    }
}
