package org.photointerests.ui

import android.content.Intent
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.hasSetTextAction
import androidx.test.core.app.ActivityScenario
import androidx.work.WorkInfo
import androidx.work.WorkManager
import androidx.work.testing.WorkManagerTestInitHelper
import java.time.YearMonth
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.MainActivity
import org.photointerests.R
import org.photointerests.support.AppTestRunner
import org.photointerests.support.AppWalk
import org.photointerests.support.PATIENCE_MS
import org.photointerests.support.TestApplication
import org.photointerests.support.drawnJpeg
import org.robolectric.annotation.Config
import org.xmlpull.v1.XmlPullParser

private const val ANDROID = "http://schemas.android.com/apk/res/android"

/** What a long press on the app's icon offers. */
@OptIn(ExperimentalTestApi::class)
@RunWith(AppTestRunner::class)
@Config(application = TestApplication::class, qualifiers = "w411dp-h800dp-xhdpi")
class ShortcutsTest : AppWalk() {
    @Test
    fun shortcuts_ofTheFile_areThoseOfTheActivity() {
        val intents = mutableListOf<Pair<String?, String?>>()
        application.resources.getXml(R.xml.shortcuts).use { file ->
            while (file.next() != XmlPullParser.END_DOCUMENT) {
                if (file.eventType == XmlPullParser.START_TAG && file.name == "intent") {
                    intents += file.getAttributeValue(ANDROID, "action") to
                        file.getAttributeValue(ANDROID, "targetClass")
                }
            }
        }
        val expected = StartAction.shortcuts.map { it.action to MainActivity::class.java.name }
        assertEquals(expected, intents)
    }

    @Test
    fun search_opensItsField_andASecondTimeAfterRotationDoesNot() {
        fill()
        open(StartAction.Search).use { window ->
            rule.waitUntilAtLeastOneExists(hasSetTextAction(), PATIENCE_MS)
            window.onActivity { it.onBackPressedDispatcher.onBackPressed() }
            rule.waitUntilDoesNotExist(hasSetTextAction(), PATIENCE_MS)
            window.recreate()
            waitFor("Search your photos")
            rule.onNode(hasSetTextAction()).assertDoesNotExist()
        }
    }

    @Test
    fun scan_opensTheScreenOfTheScan() {
        open(StartAction.Scan).use {
            waitFor("Scan automatically")
        }
    }

    /** As soon as WorkManager lets it run: the photo is read. */
    @Test
    fun scan_startsAtOnce() {
        container.source.put(1, drawnJpeg(1))
        runBlocking { container.settings.setUp() }
        open(StartAction.Scan).use {
            rule.waitUntil(PATIENCE_MS) {
                rule.waitForIdle()
                waiting().isNotEmpty()
            }
            checkNotNull(WorkManagerTestInitHelper.getTestDriver(application))
                .setAllConstraintsMet(waiting().single().id)
            rule.waitUntil(PATIENCE_MS) {
                rule.waitForIdle()
                runBlocking { container.photos.counts.first() }.read == 1
            }
        }
    }

    private fun waiting() = WorkManager.getInstance(application)
        .getWorkInfosForUniqueWork("scan").get().filter { it.state == WorkInfo.State.ENQUEUED }

    @Test
    fun month_opensItsPage() {
        fill()
        open(StartAction.Month(YearMonth.of(2026, 8))).use { waitFor("August 2026") }
    }

    @Test
    fun interest_opensItsPhotos_andAnUnknownOneIsExplained() {
        fill()
        val interest = shownInterest()
        open(StartAction.Interest(interest.category.id)).use { waitForNamed("Back") }
        open(StartAction.Interest("no/such")).use { waitFor("Unknown interest") }
    }

    @Test
    fun actionsOfOtherApps_meanNothing() {
        for (action in listOf(null, "x", "org.photointerests.action.MONTH.2026-13")) {
            assertEquals(null, StartAction.of(action))
        }
    }

    private fun open(start: StartAction): ActivityScenario<MainActivity> = ActivityScenario.launch(
        Intent(application, MainActivity::class.java).setAction(start.action)
    )
}
