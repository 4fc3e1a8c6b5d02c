package org.photointerests.pipeline.scan

import android.content.Context
import androidx.work.CoroutineWorker
import androidx.work.WorkerParameters
import org.photointerests.photoInterests

/** Has photos that came or changed read by the one scan there is: two never run at a time. */
class RescanWorker(context: Context, parameters: WorkerParameters) :
    CoroutineWorker(context, parameters) {
    override suspend fun doWork(): Result {
        applicationContext.photoInterests.scans.startAutomatically()
        return Result.success()
    }
}
