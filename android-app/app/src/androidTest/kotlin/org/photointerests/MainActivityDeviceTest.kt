package org.photointerests

import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.createAndroidComposeRule
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith

/** The real window; run on a fresh install it has no permission yet. */
@OptIn(ExperimentalTestApi::class)
@RunWith(AndroidJUnit4::class)
class MainActivityDeviceTest {
    @get:Rule val rule = createAndroidComposeRule<MainActivity>()

    private val context get() = rule.activity

    @Test
    fun destinations_everyOne_opens() {
        for (place in listOf(R.string.nav_timeline, R.string.nav_library, R.string.nav_interests)) {
            rule.onNodeWithText(context.getString(place)).performClick()
            rule.waitForIdle()
        }
        openSettings()
    }

    @Test
    fun rotation_settings_staysThere() {
        openSettings()
        rule.activityRule.scenario.recreate()
        waitFor(R.string.settings_delete)
    }

    private fun openSettings() {
        rule.onNodeWithContentDescription(context.getString(R.string.nav_settings)).performClick()
        waitFor(R.string.settings_delete)
    }

    private fun waitFor(text: Int) =
        rule.waitUntilAtLeastOneExists(hasText(context.getString(text)), 5_000)
}
