package org.photointerests.pipeline.runtime

import android.app.ActivityManager
import android.app.Application
import android.app.ApplicationExitInfo
import androidx.test.core.app.ApplicationProvider
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.support.AppTestRunner
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config

/** What Android records of processes that ended. */
@RunWith(AppTestRunner::class)
class ProcessEndTest {
    private val context = ApplicationProvider.getApplicationContext<Application>()

    @Test
    fun end_recordedReason_tellsCrashFromInterruption() {
        val expected = mapOf(
            ApplicationExitInfo.REASON_CRASH_NATIVE to ProcessEnd.CRASHED,
            ApplicationExitInfo.REASON_CRASH to ProcessEnd.CRASHED,
            ApplicationExitInfo.REASON_LOW_MEMORY to ProcessEnd.CRASHED,
            ApplicationExitInfo.REASON_USER_REQUESTED to ProcessEnd.INTERRUPTED,
            ApplicationExitInfo.REASON_EXIT_SELF to ProcessEnd.INTERRUPTED
        )
        val manager = shadowOf(context.getSystemService(ActivityManager::class.java))
        expected.keys.forEachIndexed { index, reason ->
            manager.addApplicationExitInfo(context.packageName, 100 + index, reason, 0)
        }
        expected.values.forEachIndexed { index, end ->
            assertEquals(end, context.endOfProcess(100 + index))
        }
    }

    @Test
    fun end_ofThisProcessOfNoneAndOfOneNotRecorded_isNoCrash() {
        assertEquals(ProcessEnd.INTERRUPTED, context.endOfProcess(null))
        assertEquals(ProcessEnd.INTERRUPTED, context.endOfProcess(android.os.Process.myPid()))
        assertEquals(ProcessEnd.INTERRUPTED, context.endOfProcess(77))
    }

    @Test
    @Config(sdk = [29])
    fun end_beforeAndroid11_isUnknown() {
        assertEquals(ProcessEnd.UNKNOWN, context.endOfProcess(77))
    }
}
