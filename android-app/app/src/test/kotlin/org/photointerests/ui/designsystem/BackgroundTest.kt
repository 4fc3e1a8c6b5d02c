package org.photointerests.ui.designsystem

import android.os.Looper
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.launch
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.support.AppTestRunner
import org.photointerests.support.PATIENCE_MS
import org.photointerests.support.TestApplication
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config

/** What a composition waits for is done elsewhere, and shown by the main thread. */
@RunWith(AppTestRunner::class)
@Config(application = TestApplication::class)
class BackgroundTest {
    private val main = Looper.getMainLooper()

    /** A dispatcher that goes on in whatever thread wakes it, as a composition's may in a test. */
    @Test
    fun work_isElsewhere_andWhatFollowsInTheMainThread() {
        var worker: Thread? = null
        var after: Thread? = null
        val job = CoroutineScope(Dispatchers.Unconfined).launch {
            worker = inBackground(Dispatchers.IO) { Thread.currentThread() }
            after = Thread.currentThread()
        }
        val last = System.currentTimeMillis() + PATIENCE_MS
        while (!job.isCompleted) {
            check(System.currentTimeMillis() < last) { "nothing happened in $PATIENCE_MS ms" }
            shadowOf(main).idle()
            Thread.sleep(1)
        }
        assertNotEquals(main.thread, worker)
        assertEquals(main.thread, after)
    }
}
