package org.photointerests

import android.app.Activity
import android.app.Instrumentation.ActivityMonitor
import android.app.Instrumentation.ActivityResult
import android.content.Intent
import android.content.IntentFilter
import android.net.Uri
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.test.core.app.ActivityScenario
import androidx.test.ext.junit.runners.AndroidJUnit4
import androidx.test.platform.app.InstrumentationRegistry
import java.io.File
import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.support.ScannedPhotos

private const val PATIENCE_MS = 20_000L

/** A model's file from the file picker of the phone, in whose place the test answers. */
@OptIn(ExperimentalTestApi::class)
@RunWith(AndroidJUnit4::class)
class PackPickerDeviceTest {
    @get:Rule val rule = createEmptyComposeRule()

    @get:Rule val scanned = ScannedPhotos()

    private val context = scanned.context
    private val instrumentation = InstrumentationRegistry.getInstrumentation()

    @Test
    fun fileThatIsNoModel_isRefusedInWords() {
        val file = File(context.cacheDir, "other.pack").apply { writeText("no model") }
        answering(ActivityResult(Activity.RESULT_OK, Intent().setData(Uri.fromFile(file)))) {
            waitFor(hasText(context.getString(R.string.packs_unknown)))
        }
        file.delete()
    }

    @Test
    fun pickerThatIsLeft_changesNothing() =
        answering(ActivityResult(Activity.RESULT_CANCELED, null)) {
            val add = context.getString(R.string.packs_add)
            rule.onNodeWithText(add).performScrollTo().assertExists()
            rule.onNodeWithText(context.getString(R.string.packs_unknown)).assertDoesNotExist()
        }

    /** Opens the picker from the app's settings, answers in its place, and looks [then]. */
    private fun answering(answer: ActivityResult, then: () -> Unit) {
        val filter = IntentFilter(Intent.ACTION_OPEN_DOCUMENT).apply { addDataType("*/*") }
        val picker = ActivityMonitor(filter, answer, true)
        instrumentation.addMonitor(picker)
        try {
            ActivityScenario.launch(MainActivity::class.java).use {
                val settings = context.getString(R.string.nav_settings)
                waitFor(hasContentDescription(settings))
                rule.onNodeWithContentDescription(settings).performClick()
                click(R.string.analyzers_title)
                click(R.string.packs_add)
                rule.waitForIdle()
                assertEquals(1, picker.hits)
                then()
            }
        } finally {
            instrumentation.removeMonitor(picker)
        }
    }

    private fun click(text: Int) {
        waitFor(hasText(context.getString(text)))
        rule.onNodeWithText(context.getString(text)).performScrollTo().performClick()
    }

    private fun waitFor(matcher: SemanticsMatcher) =
        rule.waitUntilAtLeastOneExists(matcher, PATIENCE_MS)
}
