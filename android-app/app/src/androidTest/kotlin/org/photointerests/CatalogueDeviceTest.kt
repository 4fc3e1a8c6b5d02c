package org.photointerests

import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.test.core.app.ActivityScenario
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.support.ScannedPhotos

private const val PATIENCE_MS = 20_000L

/** A catalogue that the user opens, ranked by the photos of this phone. */
@OptIn(ExperimentalTestApi::class)
@RunWith(AndroidJUnit4::class)
class CatalogueDeviceTest {
    @get:Rule val rule = createEmptyComposeRule()

    @get:Rule val scanned = ScannedPhotos()

    private val context = scanned.context

    @Test
    fun sample_opened_isRankedAndCanBeRemoved() {
        ActivityScenario.launch(MainActivity::class.java).use {
            tap(R.string.nav_library)
            tap(R.string.library_products)
            tap(R.string.suggestions_sample)
            tap(R.string.suggestions_remove)
            waitFor(R.string.suggestions_none_title)
        }
    }

    private fun tap(text: Int) {
        waitFor(text)
        rule.onNodeWithText(context.getString(text)).performClick()
    }

    private fun waitFor(text: Int) =
        rule.waitUntilAtLeastOneExists(hasText(context.getString(text)), PATIENCE_MS)
}
