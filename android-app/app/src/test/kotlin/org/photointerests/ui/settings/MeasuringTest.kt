package org.photointerests.ui.settings

import android.view.WindowManager.LayoutParams.FLAG_SECURE
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.test.core.app.ActivityScenario
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.MainActivity
import org.photointerests.core.Theme
import org.photointerests.pipeline.runtime.Accelerator
import org.photointerests.support.AppTestRunner
import org.photointerests.support.PATIENCE_MS
import org.photointerests.support.TestApplication
import org.photointerests.support.TestWorkManager
import org.photointerests.support.testContainer
import org.photointerests.ui.settings
import org.robolectric.annotation.Config

/** The settings of a phone that is measured, with the real extractor. */
@OptIn(ExperimentalTestApi::class)
@RunWith(AppTestRunner::class)
@Config(application = TestApplication::class, qualifiers = "w411dp-h800dp-xhdpi")
class MeasuringTest {
    @get:Rule val rule = createEmptyComposeRule()

    @get:Rule val workManager = TestWorkManager()
    private val container = testContainer
    private lateinit var window: ActivityScenario<MainActivity>

    @Before
    fun openSettings() {
        runBlocking { container.settings.setUp() }
        window = ActivityScenario.launch(MainActivity::class.java)
        rule.waitUntilAtLeastOneExists(hasContentDescription("Settings"), PATIENCE_MS)
        rule.onNodeWithContentDescription("Settings").performClick()
        press("Advanced")
    }

    @After
    fun close() = window.close()

    @Test
    fun measureAgain_showsWhatWasFound() {
        press("Measure again")
        waitFor("Passed, ")
        assertTrue(runBlocking { container.accelerators.report.first() } != null)
    }

    @Test
    fun measure_showsEachStep() {
        press("Measure")
        waitFor("resizing: ")
        rule.onNodeWithText("Share times").performScrollTo()
    }

    @Test
    fun choices_areKept() {
        press("Processor")
        waitUntil { choices().accelerator == Accelerator.CPU }
        press("Automatic")
        waitUntil { choices().accelerator == null }
        assertEquals(false, choices().paused)
        rule.onNodeWithContentDescription("Back").performClick()
        press("Only while charging")
        waitUntil { choices().onlyCharging }
        press("Theme")
        press("Dark")
        waitUntil { choices().theme == Theme.DARK }
        press("Hide in recent apps")
        waitUntil { isSecure() }
    }

    private fun isSecure(): Boolean {
        var flags = 0
        window.onActivity { flags = it.window.attributes.flags }
        return flags and FLAG_SECURE != 0
    }

    /** What is stored is stored from the main thread, which has to get its turn. */
    private fun waitUntil(condition: () -> Boolean) = rule.waitUntil(PATIENCE_MS) {
        rule.waitForIdle()
        condition()
    }

    private fun choices() = runBlocking { container.settings.choices.first() }

    private fun press(text: String) {
        waitFor(text)
        rule.onNodeWithText(text).apply { runCatching { performScrollTo() } }.performClick()
    }

    private fun waitFor(text: String) =
        rule.waitUntilAtLeastOneExists(hasText(text, substring = true), PATIENCE_MS)
}
