package org.photointerests.ui.widget

import android.appwidget.AppWidgetManager
import android.content.Intent
import android.view.View
import android.view.ViewGroup
import android.widget.TextView
import androidx.test.core.app.ApplicationProvider
import java.time.Instant
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.PhotoInterests
import org.photointerests.R
import org.photointerests.core.PhotoKey
import org.photointerests.core.Shown
import org.photointerests.insights.interests.Period
import org.photointerests.support.AppTestRunner
import org.photointerests.support.PATIENCE_MS
import org.photointerests.support.ShownPhotos
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

/** The widget on a home screen, over the real models and a real database. */
@RunWith(AppTestRunner::class)
@Config(application = TestApplication::class)
class InterestsWidgetTest {
    @get:Rule val photos = ShownPhotos()

    @get:Rule val workManager = TestWorkManager()
    private val application = ApplicationProvider.getApplicationContext<TestApplication>()
    private val home = shadowOf(AppWidgetManager.getInstance(application))
    private val container = testContainer
    private var widget = 0

    @Before
    fun addWidget() {
        widget = home.createWidget(InterestsWidget::class.java, R.layout.widget_message)
    }

    @Test
    fun beforeAScan_saysThatThereIsNone() = waitFor("No interests found yet")

    @Test
    fun afterAScan_showsTheStrongest_andOpensThem() {
        fill()
        change()
        val shown = runBlocking { container.interests.profile(Period.All, 1) }.interests.take(3)
        val expected = shown.map { it.category.names.getValue("en") }
        waitUntil({ "expected $expected, received ${texts()}" }) { texts() == expected }
        val tile = home.getViewFor(widget).findViewById<View>(R.id.widget_interest)
        tile.performClick()
        val opened = shadowOf(application).nextStartedActivity
        assertEquals(StartAction.Interest(shown.first().category.id), StartAction.of(opened.action))
    }

    @Test
    fun hidden_goes_andSensitiveOnesNeverCome() {
        fill()
        val first = runBlocking { container.interests.profile(Period.All, 1) }.interests.first()
            .category
        val sensitive = container.bundle.card.interests.first { it.shown == Shown.ON_REQUEST }
        runBlocking {
            container.settings.setSensitive(true)
            container.database.feedback().pin(sensitive.id)
            container.database.feedback().hide(first.id)
        }
        val content = read() as WidgetContent.Interests
        val shown = content.interests.map { it.category }
        assertTrue("$shown", shown.isNotEmpty() && first !in shown && sensitive !in shown)
        assertTrue(content.interests.all { it.photo != null })
    }

    @Test
    fun locked_showsNoInterest() {
        fill()
        change()
        val first = runBlocking { container.interests.profile(Period.All, 1) }.interests.first()
        waitFor(first.category.names.getValue("en"))
        runBlocking { container.settings.setAppLock(true) }
        change()
        waitFor("The app is locked")
        assertEquals(listOf("The app is locked"), texts())
    }

    @Test
    fun everythingDeleted_isEmpty() {
        fill()
        change()
        val first = runBlocking { container.interests.profile(Period.All, 1) }.interests.first()
        waitFor(first.category.names.getValue("en"))
        runBlocking { container.deleteEverything() }
        change()
        waitFor("No interests found yet")
    }

    /** What the broadcast of the library brings about; no receiver of a manifest gets one here. */
    private fun change() = InterestsWidget()
        .onReceive(application, Intent(PhotoInterests.ACTION_INTERESTS_CHANGED))

    /** Photos are loaded on the main thread, which has to get its turn. */
    private fun read(): WidgetContent {
        val content = CoroutineScope(Dispatchers.Default).async {
            widgetContent(application, container)
        }
        waitUntil { content.isCompleted }
        return runBlocking { content.await() }
    }

    private fun waitFor(text: String) = waitUntil({ "$text is not in ${texts()}" }) {
        text in texts()
    }

    private fun waitUntil(
        message: () -> String = { "nothing happened" },
        condition: () -> Boolean
    ) {
        val last = System.currentTimeMillis() + PATIENCE_MS
        while (!condition()) {
            check(System.currentTimeMillis() < last, message)
            shadowOf(android.os.Looper.getMainLooper()).idle()
            Thread.sleep(10)
        }
    }

    private fun texts(): List<String> = home.getViewFor(widget).texts()

    private fun View.texts(): List<String> = when (this) {
        is TextView -> listOf(text.toString())
        is ViewGroup -> (0 until childCount).flatMap { getChildAt(it).texts() }
        else -> emptyList()
    }

    private fun fill() = runBlocking {
        val takenAt = Instant.parse("2026-08-10T10:00:00Z").toEpochMilli()
        TestBundle.goldenFeatures().forEachIndexed { index, features ->
            val key = PhotoKey("external_primary", index.toLong())
            container.database.put(photoSample(key, features, takenAt + index * HOUR_MS))
        }
    }
}
