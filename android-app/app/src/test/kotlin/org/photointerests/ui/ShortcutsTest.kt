package org.photointerests.ui

import android.content.Intent
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.createEmptyComposeRule
import androidx.test.core.app.ActivityScenario
import androidx.test.core.app.ApplicationProvider
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.MainActivity
import org.photointerests.R
import org.photointerests.core.PhotoKey
import org.photointerests.support.AppTestRunner
import org.photointerests.support.PATIENCE_MS
import org.photointerests.support.ShownPhotos
import org.photointerests.support.TestApplication
import org.photointerests.support.TestBundle
import org.photointerests.support.TestWorkManager
import org.photointerests.support.photoSample
import org.photointerests.support.put
import org.photointerests.support.testContainer
import org.robolectric.annotation.Config
import org.xmlpull.v1.XmlPullParser

private const val ANDROID = "http://schemas.android.com/apk/res/android"

/** What a long press on the app's icon offers. */
@OptIn(ExperimentalTestApi::class)
@RunWith(AppTestRunner::class)
@Config(application = TestApplication::class, qualifiers = "w411dp-h800dp-xhdpi")
class ShortcutsTest {
    @get:Rule val rule = createEmptyComposeRule()

    @get:Rule val photos = ShownPhotos()

    @get:Rule val workManager = TestWorkManager()
    private val application = ApplicationProvider.getApplicationContext<TestApplication>()

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
        val expected = StartAction.entries.map { it.action to MainActivity::class.java.name }
        assertEquals(expected, intents)
    }

    @Test
    fun search_opensItsField_andASecondTimeAfterRotationDoesNot() {
        fill()
        open(StartAction.SEARCH).use { window ->
            rule.waitUntilAtLeastOneExists(hasSetTextAction(), PATIENCE_MS)
            window.onActivity { it.onBackPressedDispatcher.onBackPressed() }
            rule.waitUntilDoesNotExist(hasSetTextAction(), PATIENCE_MS)
            window.recreate()
            rule.waitUntilAtLeastOneExists(hasText("Search your photos"), PATIENCE_MS)
            rule.onNode(hasSetTextAction()).assertDoesNotExist()
        }
    }

    @Test
    fun scan_opensTheScreenOfTheScan() {
        open(StartAction.SCAN).use {
            rule.waitUntilAtLeastOneExists(hasText("Scan automatically"), PATIENCE_MS)
        }
    }

    private fun fill() = runBlocking {
        TestBundle.goldenFeatures().forEachIndexed { index, features ->
            val key = PhotoKey("external_primary", index.toLong())
            testContainer.database.put(photoSample(key, features, index * 3_600_000L))
        }
    }

    private fun open(start: StartAction): ActivityScenario<MainActivity> = ActivityScenario.launch(
        Intent(application, MainActivity::class.java).setAction(start.action)
    )
}
