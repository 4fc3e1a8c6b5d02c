package org.photointerests.pipeline.scan

import android.app.NotificationManager
import android.content.Context
import androidx.test.core.app.ApplicationProvider
import androidx.work.WorkManager
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.kill.QuickPipeline
import org.photointerests.pipeline.index.StoreCounts
import org.photointerests.pipeline.media.PhotoAccess
import org.photointerests.support.AppTestRunner
import org.photointerests.support.TestApplication
import org.photointerests.support.TestWorkManager
import org.photointerests.support.testContainer
import org.robolectric.Robolectric
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config

private const val PATIENCE_MS = 20_000L

/** A scan that a person starts where Android 16 would end a job for its quota. */
@RunWith(AppTestRunner::class)
@Config(application = TestApplication::class)
class ScanServiceTest {
    @get:Rule val workManager = TestWorkManager(keepsThreads = true)
    private val context = ApplicationProvider.getApplicationContext<TestApplication>()
    private val container = testContainer.apply {
        scansInForeground = true
        fastPipeline = QuickPipeline()
    }

    @Test
    fun start_runsInAService_andLeavesNothingBehind() = runBlocking {
        repeat(5) { container.source.put(it.toLong(), byteArrayOf(1)) }
        container.scans.start()
        assertTrue(container.scans.state.first() is ScanState.Running)
        val intent = shadowOf(context).nextStartedService
        val service = Robolectric.buildService(ScanService::class.java, intent).create()
        service.startCommand(0, 1)
        withTimeout(PATIENCE_MS) { container.foregroundScan.state.first { it == null } }
        assertEquals(StoreCounts(5, 0), container.photos.counts.first())
        withTimeout(PATIENCE_MS) { container.scans.state.first { it == ScanState.Idle } }
        service.destroy()
        val notifications =
            shadowOf(context.getSystemService(NotificationManager::class.java)).allNotifications
        assertEquals(emptyList<Any>(), notifications)
    }

    @Test
    fun start_noAccess_fails() = runBlocking<Unit> {
        container.source.allowed = PhotoAccess.DENIED
        container.scans.start()
        val intent = shadowOf(context).nextStartedService
        val service = Robolectric.buildService(ScanService::class.java, intent).create()
        service.startCommand(0, 1)
        val failed = ScanState.Failed(ScanFailure.NO_ACCESS)
        withTimeout(PATIENCE_MS) { container.scans.state.first { it == failed } }
        service.destroy()
    }

    @Test
    fun stop_stopsTheService() = runBlocking {
        container.scans.start()
        container.scans.stop()
        assertEquals(
            ScanService::class.java.name,
            shadowOf(context).nextStoppedService.component?.className
        )
    }

    /** Should the process end, a job continues: it is there all the time. */
    @Test
    fun start_enqueuesAJobThatContinues() = runBlocking {
        container.scans.start()
        val info = WorkManager.getInstance(context as Context)
            .getWorkInfosForUniqueWork("scan").get().single()
        assertTrue("${info.initialDelayMillis}", info.initialDelayMillis > 0)
    }
}
