package org.photointerests.ui.monthly

import android.app.Notification
import android.app.NotificationManager
import android.content.Context
import androidx.test.core.app.ApplicationProvider
import androidx.work.ListenableWorker
import androidx.work.WorkInfo
import androidx.work.WorkManager
import androidx.work.testing.TestListenableWorkerBuilder
import androidx.work.testing.WorkManagerTestInitHelper
import java.time.YearMonth
import java.time.ZoneOffset
import java.time.format.TextStyle.FULL
import java.util.Locale
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.core.PhotoKey
import org.photointerests.insights.interests.Period
import org.photointerests.support.AppTestRunner
import org.photointerests.support.PATIENCE_MS
import org.photointerests.support.TEST_MONTH
import org.photointerests.support.TestApplication
import org.photointerests.support.TestBundle
import org.photointerests.support.TestWorkManager
import org.photointerests.support.photoSample
import org.photointerests.support.put
import org.photointerests.support.testContainer
import org.photointerests.ui.StartAction
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config

private const val HOUR_MS = 3_600_000L

/** What comes after a month, with the real models and a real database. */
@RunWith(AppTestRunner::class)
@Config(application = TestApplication::class)
class MonthlyWorkerTest {
    @get:Rule val workManager = TestWorkManager()
    private val context = ApplicationProvider.getApplicationContext<Context>()
    private val notifications =
        shadowOf(context.getSystemService(NotificationManager::class.java))
    private val container = testContainer
    private val month = TEST_MONTH.minusMonths(1)

    @Before
    fun turnOn() = runBlocking {
        container.settings.setMonthlyNotification(true, current = month)
    }

    @Test
    fun monthWithInterests_isNotifiedOnce_andNamesNoneOnALockedScreen() {
        fill(month)
        run()
        val shown = notifications.allNotifications.single()
        val title = "Your photos of ${month.month.getDisplayName(FULL, Locale.ENGLISH)}"
        assertEquals(title, shown.text(Notification.EXTRA_TITLE))
        val name = runBlocking { container.interests.profile(ofMonth, 1) }
            .interests.first().category.names.getValue("en")
        assertTrue(shown.text(Notification.EXTRA_TEXT).contains(name))
        assertEquals(Notification.VISIBILITY_PRIVATE, shown.visibility)
        assertEquals(title, shown.publicVersion.text(Notification.EXTRA_TITLE))
        assertEquals(
            "See what the month was about",
            shown.publicVersion.text(Notification.EXTRA_TEXT)
        )
        val opened = shadowOf(shown.contentIntent).savedIntent
        assertEquals(StartAction.Month(month), StartAction.of(opened.action))
        context.getSystemService(NotificationManager::class.java).cancelAll()
        run()
        assertTrue(notifications.allNotifications.isEmpty())
    }

    @Test
    fun lockedApp_namesNoInterestAnywhere() {
        fill(month)
        runBlocking { container.settings.setAppLock(true) }
        run()
        assertEquals(
            "See what the month was about",
            notifications.allNotifications.single().text(Notification.EXTRA_TEXT)
        )
    }

    @Test
    fun monthWithoutPhotos_isNotNotified_untilSomeAreScanned() {
        fill(month.minusMonths(1))
        run()
        assertTrue(notifications.allNotifications.isEmpty())
        fill(month)
        run()
        assertEquals(1, notifications.allNotifications.size)
    }

    @Test
    fun monthInWhichItWasTurnedOn_isTheFirstOne() {
        fill(month)
        runBlocking { container.settings.setMonthlyNotification(true, TEST_MONTH) }
        run()
        assertTrue(notifications.allNotifications.isEmpty())
    }

    @Test
    fun turnedOffOrForbidden_isNotNotified() {
        fill(month)
        notifications.setNotificationsEnabled(false)
        run()
        assertTrue(notifications.allNotifications.isEmpty())
        assertEquals(month.minusMonths(1), runBlocking { container.settings.notifiedMonth() })
        notifications.setNotificationsEnabled(true)
        runBlocking { container.settings.clear() }
        run()
        assertTrue(notifications.allNotifications.isEmpty())
        assertNull(runBlocking { container.settings.notifiedMonth() })
    }

    @Test
    fun schedule_runsTheWorkOnceADay_untilItIsDisabled() {
        fill(month)
        val work = WorkManager.getInstance(context)
        val schedule = MonthlySchedule(work)
        runBlocking { schedule.enable() }
        val id = infos(work).single().id
        assertEquals(86_400_000L, infos(work).single().periodicityInfo?.repeatIntervalMillis)
        val driver = checkNotNull(WorkManagerTestInitHelper.getTestDriver(context))
        driver.setAllConstraintsMet(id)
        driver.setPeriodDelayMet(id)
        waitUntil { notifications.allNotifications.size == 1 }
        runBlocking { schedule.disable() }
        assertEquals(WorkInfo.State.CANCELLED, infos(work).single().state)
    }

    private fun infos(work: WorkManager) =
        work.getWorkInfosForUniqueWork(MonthlySchedule.NAME).get()

    private fun run() = runBlocking {
        val worker = TestListenableWorkerBuilder<MonthlyWorker>(context).build()
        assertEquals(ListenableWorker.Result.success(), worker.doWork())
    }

    private fun waitUntil(condition: () -> Boolean) {
        val last = System.currentTimeMillis() + PATIENCE_MS
        while (!condition()) {
            check(System.currentTimeMillis() < last) { "nothing happened in $PATIENCE_MS ms" }
            shadowOf(android.os.Looper.getMainLooper()).idle()
            Thread.sleep(10)
        }
    }

    private val ofMonth = Period.Month(month)

    /** The golden set as photos of a month, an hour apart. */
    private fun fill(month: YearMonth) = runBlocking {
        val first = month.atDay(3).atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli()
        TestBundle.goldenFeatures().forEachIndexed { index, features ->
            val key = PhotoKey("external_primary", month.monthValue * 1000L + index)
            container.database.put(photoSample(key, features, first + index * HOUR_MS))
        }
    }

    private fun Notification.text(key: String) = extras.getCharSequence(key).toString()
}
