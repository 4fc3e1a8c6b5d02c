package org.photointerests.ui.people

import android.app.Notification
import android.app.NotificationManager
import android.appwidget.AppWidgetManager
import android.content.Context
import android.content.Intent
import android.os.Looper
import android.view.View
import android.view.ViewGroup
import android.widget.TextView
import androidx.test.core.app.ApplicationProvider
import androidx.work.ListenableWorker
import androidx.work.testing.TestListenableWorkerBuilder
import java.io.File
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.PhotoInterests
import org.photointerests.R
import org.photointerests.core.PhotoKey
import org.photointerests.insights.interests.Period
import org.photointerests.pipeline.analysis.detections.Box
import org.photointerests.pipeline.scan.ScanNotification
import org.photointerests.pipeline.scan.ScanProgress
import org.photointerests.support.AppTestRunner
import org.photointerests.support.PATIENCE_MS
import org.photointerests.support.ShownPhotos
import org.photointerests.support.TEST_MONTH
import org.photointerests.support.TestApplication
import org.photointerests.support.TestBundle
import org.photointerests.support.TestPeople
import org.photointerests.support.TestWorkManager
import org.photointerests.support.photoSample
import org.photointerests.support.put
import org.photointerests.support.testContainer
import org.photointerests.ui.monthly.MonthlyWorker
import org.photointerests.ui.sharecard.ShareCardState
import org.photointerests.ui.sharecard.ShareCardViewModel
import org.photointerests.ui.widget.InterestsWidget
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config

private val FACE = Box(0.4f, 0.3f, 0.2f, 0.3f)
private const val NAME = "Annabella"
private const val HOUR_MS = 3_600_000L

/** A name that the user gave to a person is nowhere but on the screens of the app. */
@RunWith(AppTestRunner::class)
@Config(application = TestApplication::class)
class PeoplePrivacyTest {
    @get:Rule val photos = ShownPhotos()

    @get:Rule val workManager = TestWorkManager()
    private val application = ApplicationProvider.getApplicationContext<TestApplication>()
    private val notifications =
        shadowOf(application.getSystemService(NotificationManager::class.java))
    private val container = testContainer

    @Test
    fun export_hasNoName_andAsManyFieldsAsWithoutPeople() {
        fill()
        val before = runBlocking { container.export.write() }.readText()
        addPerson()
        val after = runBlocking { container.export.write() }.readText()
        assertTrue(before.length > 1000)
        assertEquals(before.withoutTime(), after.withoutTime())
        assertFalse(NAME in after)
    }

    @Test
    fun shareCard_offersNoName() {
        fill()
        addPerson()
        val folder = File(application.cacheDir, "exports")
        val state = ShareCardViewModel(container.interests, container.errors, folder).read()
        assertTrue(state.offered.isNotEmpty())
        assertFalse(NAME in "${state.offered.map { it.category.names }}")
    }

    @Test
    fun widget_hasNoName() {
        fill()
        addPerson()
        val home = shadowOf(AppWidgetManager.getInstance(application))
        val widget = home.createWidget(InterestsWidget::class.java, R.layout.widget_message)
        InterestsWidget()
            .onReceive(application, Intent(PhotoInterests.ACTION_INTERESTS_CHANGED))
        val first = runBlocking { container.interests.profile(Period.All, 1) }.interests.first()
        val shown = first.category.names.getValue("en")
        waitUntil { shown in home.getViewFor(widget).texts() }
        val texts = home.getViewFor(widget).texts()
        assertTrue("$texts", texts.none { NAME in it })
    }

    @Test
    fun notifications_haveNoName() {
        fill()
        addPerson()
        val month = TEST_MONTH.minusMonths(1)
        runBlocking {
            container.settings.setMonthlyNotification(true, current = month)
            val worker = TestListenableWorkerBuilder<MonthlyWorker>(application as Context).build()
            assertEquals(ListenableWorker.Result.success(), worker.doWork())
        }
        ScanNotification(application)
            .update(ScanProgress(done = 3, total = 32, failed = 0, photosPerSecond = 1f))
        val shown = notifications.allNotifications
        assertEquals(2, shown.size)
        for (notification in shown) {
            val texts = listOfNotNull(notification, notification.publicVersion).flatMap {
                it.texts()
            }
            assertTrue("$texts", texts.isNotEmpty() && texts.none { NAME in it })
        }
    }

    private fun Notification.texts(): List<String> =
        extras.keySet().map { "${extras.getCharSequence(it)}" }

    private fun String.withoutTime() = replace(Regex("\"made\": *\"[^\"]*\""), "")

    private fun View.texts(): List<String> = when (this) {
        is TextView -> listOf("$text", "$contentDescription")
        is ViewGroup -> (0 until childCount).flatMap { getChildAt(it).texts() }
        else -> listOf("$contentDescription")
    }

    /** The golden set as photos of last month, an hour apart. */
    private fun fill() = runBlocking {
        val first = TEST_MONTH.minusMonths(1).atDay(3).toEpochDay() * 24 * HOUR_MS
        TestBundle.goldenFeatures().forEachIndexed { index, features ->
            container.database.put(photoSample(key(index), features, first + index * HOUR_MS))
        }
    }

    /** Somebody with a name on every photo. */
    private fun addPerson() = runBlocking {
        TestBundle.goldenFeatures().indices.forEach {
            TestPeople.put(container.database, key(it), FACE, 1)
        }
        container.peopleGroups.name(container.peopleGroups.all.first().single().id, NAME)
        container.search.refresh()
        assertEquals(
            TestBundle.goldenFeatures().size,
            container.search.search(NAME, 1).photoCount
        )
    }

    private fun key(photo: Int) = PhotoKey("external_primary", photo.toLong())

    private fun ShareCardViewModel.read(): ShareCardState {
        waitUntil { state.value != null }
        return checkNotNull(state.value)
    }

    private fun waitUntil(condition: () -> Boolean) {
        val last = System.currentTimeMillis() + PATIENCE_MS
        while (!condition()) {
            check(System.currentTimeMillis() < last) { "nothing happened in $PATIENCE_MS ms" }
            shadowOf(Looper.getMainLooper()).idle()
            Thread.sleep(10)
        }
    }
}
