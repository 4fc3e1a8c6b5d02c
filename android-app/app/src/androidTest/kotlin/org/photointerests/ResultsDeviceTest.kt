package org.photointerests

import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.test.core.app.ActivityScenario
import androidx.test.ext.junit.runners.AndroidJUnit4
import java.time.YearMonth
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.support.ScannedPhotos

private const val PATIENCE_MS = 20_000L

/** The screens after a scan of this phone: they tell of the photos that it read. */
@OptIn(ExperimentalTestApi::class)
@RunWith(AndroidJUnit4::class)
class ResultsDeviceTest {
    @get:Rule val rule = createEmptyComposeRule()

    @get:Rule val scanned = ScannedPhotos()

    private val context = scanned.context
    private val container = context.photoInterests

    @Test
    fun places_afterAScan_tellOfItsPhotos() {
        ActivityScenario.launch(MainActivity::class.java).use { visitPlaces() }
    }

    private fun visitPlaces() {
        val read = runBlocking {
            container.photos.counts.first().read
        }
        val photos = context.resources.getQuantityString(R.plurals.interest_photos, read, read)
        waitFor(photos, substring = true)
        open(R.string.nav_timeline)
        waitFor("${YearMonth.now().year}", substring = true)
        open(R.string.nav_library)
        waitFor(context.getString(R.string.albums_title))
    }

    private fun open(place: Int) = rule.onNodeWithText(context.getString(place)).performClick()

    private fun waitFor(text: String, substring: Boolean = false) =
        rule.waitUntilAtLeastOneExists(hasText(text, substring), PATIENCE_MS)
}
