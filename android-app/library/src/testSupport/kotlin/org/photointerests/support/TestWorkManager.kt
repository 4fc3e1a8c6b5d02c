package org.photointerests.support

import android.content.Context
import androidx.test.core.app.ApplicationProvider
import androidx.work.Configuration
import androidx.work.testing.WorkManagerTestInitHelper
import androidx.work.testing.WorkManagerTestInitHelper.ExecutorsMode.PRESERVE_EXECUTORS
import org.junit.rules.ExternalResource

/**
 * WorkManager for a test. Work runs on the thread that asks for it, or on threads of its own as on
 * a phone, if it [keepsThreads].
 */
class TestWorkManager(private val keepsThreads: Boolean = false) : ExternalResource() {
    override fun before() {
        val context = ApplicationProvider.getApplicationContext<Context>()
        val configuration = Configuration.Builder().build()
        if (keepsThreads) {
            WorkManagerTestInitHelper.initializeTestWorkManager(
                context,
                configuration,
                PRESERVE_EXECUTORS
            )
        } else {
            WorkManagerTestInitHelper.initializeTestWorkManager(context, configuration)
        }
    }
}
