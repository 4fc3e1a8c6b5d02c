package org.photointerests.pipeline.scan

import android.provider.MediaStore
import androidx.work.Constraints
import androidx.work.ExistingPeriodicWorkPolicy
import androidx.work.ExistingWorkPolicy
import androidx.work.OneTimeWorkRequestBuilder
import androidx.work.PeriodicWorkRequestBuilder
import androidx.work.WorkInfo
import androidx.work.WorkManager
import androidx.work.await
import java.time.Duration
import kotlinx.coroutines.flow.first

private const val DAILY = "daily-scan"
private const val CHANGES = "changed-photos"

// A burst of shots, or a download of many photos, is one change.
private val DEBOUNCE = Duration.ofSeconds(30)
private val MAX_DEBOUNCE = Duration.ofMinutes(10)

/** Has the gallery scanned again: soon after a photo comes or changes, and once a day. */
internal class RescanSchedule(private val work: WorkManager) {
    /** From now on, for changes that are made from now on; to be called after each scan. */
    suspend fun enable() {
        if (!isArmed()) arm()
        // Some phones forget triggers, and old Androids index photos late.
        val daily = PeriodicWorkRequestBuilder<RescanWorker>(Duration.ofDays(1))
            .setConstraints(Constraints.Builder().setRequiresBatteryNotLow(true).build())
            .setInitialDelay(Duration.ofDays(1))
            .build()
        work.enqueueUniquePeriodicWork(DAILY, ExistingPeriodicWorkPolicy.UPDATE, daily).await()
    }

    /** Whether a change will be noticed: false once the trigger has fired. */
    suspend fun isArmed(): Boolean = work.getWorkInfosForUniqueWorkFlow(CHANGES).first()
        .any { it.state == WorkInfo.State.ENQUEUED }

    suspend fun disable() {
        work.cancelUniqueWork(CHANGES).await()
        work.cancelUniqueWork(DAILY).await()
    }

    /** In the place of one that has just fired too, and is about to start the scan that calls this. */
    private suspend fun arm() {
        val change = Constraints.Builder()
            .addContentUriTrigger(MediaStore.Images.Media.EXTERNAL_CONTENT_URI, true)
            .setTriggerContentUpdateDelay(DEBOUNCE)
            .setTriggerContentMaxDelay(MAX_DEBOUNCE)
            .build()
        val onChange = OneTimeWorkRequestBuilder<RescanWorker>().setConstraints(change).build()
        work.enqueueUniqueWork(CHANGES, ExistingWorkPolicy.REPLACE, onChange).await()
    }
}
