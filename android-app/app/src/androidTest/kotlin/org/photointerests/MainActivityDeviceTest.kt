package org.photointerests

import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.test.core.app.ActivityScenario
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.support.ScannedPhotos

private const val PATIENCE_MS = 20_000L

/** The real window, over the photos of this phone. */
@OptIn(ExperimentalTestApi::class)
@RunWith(AndroidJUnit4::class)
class MainActivityDeviceTest {
    @get:Rule val rule = createEmptyComposeRule()

    @get:Rule val scanned = ScannedPhotos()

    private val context = scanned.context

    @Test
    fun destinations_everyOne_opens() {
        ActivityScenario.launch(MainActivity::class.java).use {
            for (place in listOf(
                R.string.nav_timeline,
                R.string.nav_library,
                R.string.nav_interests
            )) {
                waitFor(place)
                rule.onNodeWithText(context.getString(place)).performClick()
            }
            openSettings()
        }
    }

    @Test
    fun rotation_settings_staysThere() {
        ActivityScenario.launch(MainActivity::class.java).use { window ->
            openSettings()
            window.recreate()
            waitFor(R.string.settings_theme)
        }
    }

    private fun openSettings() {
        val name = context.getString(R.string.nav_settings)
        rule.waitUntilAtLeastOneExists(hasContentDescription(name), PATIENCE_MS)
        rule.onNodeWithContentDescription(name).performClick()
        waitFor(R.string.settings_theme)
    }

    private fun waitFor(text: Int) =
        rule.waitUntilAtLeastOneExists(hasText(context.getString(text)), PATIENCE_MS)
}
