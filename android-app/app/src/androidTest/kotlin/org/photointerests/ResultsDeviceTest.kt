package org.photointerests

import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.createEmptyComposeRule
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.test.core.app.ActivityScenario
import androidx.test.ext.junit.runners.AndroidJUnit4
import androidx.test.platform.app.InstrumentationRegistry
import java.time.YearMonth
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import org.junit.After
import org.junit.Before
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.support.PhonePhotos

private const val PHOTOS = 6
private const val PATIENCE_MS = 20_000L

/** The screens after a scan of this phone: they tell of the photos that it read. */
@OptIn(ExperimentalTestApi::class)
@RunWith(AndroidJUnit4::class)
class ResultsDeviceTest {
    @get:Rule val rule = createEmptyComposeRule()

    private val context = InstrumentationRegistry.getInstrumentation().targetContext
    private val container = context.photoInterests
    private val photos = PhonePhotos(context)

    @Before
    fun scan() = runBlocking<Unit> {
        container.deleteEverything()
        photos.allow()
        photos.insert(PHOTOS)
        container.scanner().scan {}
    }

    @After
    fun removePhotos() = photos.removeAll()

    @Test
    fun places_afterAScan_tellOfItsPhotos() {
        ActivityScenario.launch(MainActivity::class.java).use { visitPlaces() }
    }

    private fun visitPlaces() {
        val read = runBlocking {
            container.photos.counts.first().read
        }
        waitFor(context.resources.getQuantityString(R.plurals.access_full, read, read))
        open(R.string.nav_timeline)
        waitFor("${YearMonth.now().year}", substring = true)
        open(R.string.nav_scan)
        waitFor("%,d".format(read))
    }

    private fun open(place: Int) = rule.onNodeWithText(context.getString(place)).performClick()

    private fun waitFor(text: String, substring: Boolean = false) =
        rule.waitUntilAtLeastOneExists(hasText(text, substring), PATIENCE_MS)
}
