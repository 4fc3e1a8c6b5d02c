package org.photointerests.ui

import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasScrollToIndexAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.createEmptyComposeRule
import androidx.compose.ui.test.onFirst
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performScrollToIndex
import androidx.compose.ui.test.performScrollToNode
import androidx.room.withTransaction
import androidx.test.core.app.ActivityScenario
import java.time.ZoneOffset
import java.time.ZonedDateTime
import kotlinx.coroutines.runBlocking
import org.junit.After
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.MainActivity
import org.photointerests.core.PhotoKey
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
import org.robolectric.annotation.Config

private val NEWEST = ZonedDateTime.of(2026, 8, 28, 10, 0, 0, 0, ZoneOffset.UTC)
private const val PHOTOS_A_DAY = 3

/** A walk through the app with galleries of several sizes, over the rows that a scan would leave. */
@OptIn(ExperimentalTestApi::class)
@RunWith(AppTestRunner::class)
@Config(application = TestApplication::class, qualifiers = "w411dp-h891dp-xhdpi")
class GalleriesTest {
    @get:Rule val rule = createEmptyComposeRule()

    @get:Rule val photos = ShownPhotos()

    @get:Rule val workManager = TestWorkManager()
    private val container = testContainer
    private lateinit var window: ActivityScenario<MainActivity>

    @After
    fun close() = window.close()

    @Test
    fun noPhotos_everyDestination_saysWhatComes() {
        runBlocking { container.settings.setUp() }
        open()
        waitFor("No photos scanned yet")
        rule.onNodeWithText("Timeline").performClick()
        waitFor("Months appear once photos have been scanned.")
        rule.onNodeWithText("Library").performClick()
        waitFor("No albums found.")
    }

    @Test
    fun fortyPhotos_areThere_andInTheTimeline() {
        fill(40)
        open()
        waitFor("40 photos", substring = true)
        openTimeline()
        waitFor("August 2026")
    }

    @Test
    fun fourThousandPhotos_scrollToTheEnd_andStayThere() {
        fill(4000)
        // One that a photo shows clearly: pinned, it is in sight whatever else is.
        val shown = runBlocking {
            TestBundle.goldenFeatures().indices.firstNotNullOf { index ->
                val photo = PhotoKey("external_primary", index.toLong())
                container.interests.photo(photo)?.findings?.firstOrNull()
            }
        }
        runBlocking { container.database.feedback().pin(shown.category.id) }
        open()
        waitFor("4,000 photos", substring = true)
        openTimeline()
        waitFor("August 2026")
        val oldest = NEWEST.minusDays(4000L / PHOTOS_A_DAY)
        val year = "${oldest.year}"
        rule.onAllNodes(hasScrollToIndexAction()).onFirst().performScrollToNode(hasText(year))
        rule.onNodeWithText(year).assertIsDisplayed()
        rule.onNodeWithText("Interests").performClick()
        waitFor("Your interests")
        val top = runBlocking { container.interests.profile(Period.All, 1) }.interests.first()
        val name = hasText(top.category.names.getValue("en")) and hasClickAction()
        rule.onNode(name).performScrollTo().performClick()
        // Beyond the first page: the next one is read on the way.
        val count = top.strength.photos
        val last = minOf(count, 130)
        waitForPhoto(1)
        rule.onAllNodes(hasScrollToIndexAction()).onFirst().performScrollToIndex(minOf(last, 119))
        waitForPhoto(minOf(last, 119))
        rule.onAllNodes(hasScrollToIndexAction()).onFirst().performScrollToIndex(last)
        waitForPhoto(last)
        window.recreate()
        waitForPhoto(last)
        rule.onNodeWithContentDescription("Photo $last of %,d".format(count)).assertIsDisplayed()
    }

    private fun waitForPhoto(number: Int) = rule.waitUntilAtLeastOneExists(
        hasContentDescription("Photo $number of", substring = true),
        PATIENCE_MS
    )

    private fun openTimeline() = rule.onNodeWithText("Timeline").performClick()

    private fun waitFor(text: String, substring: Boolean = false) =
        rule.waitUntilAtLeastOneExists(hasText(text, substring), PATIENCE_MS)

    private fun open() {
        window = ActivityScenario.launch(MainActivity::class.java)
    }

    /** The photos of the golden set again and again, some a day. */
    private fun fill(count: Int) = runBlocking {
        val features = TestBundle.goldenFeatures()
        container.database.withTransaction {
            repeat(count) { index ->
                val at = NEWEST.minusDays(index.toLong() / PHOTOS_A_DAY)
                    .minusHours(index.toLong() % PHOTOS_A_DAY)
                val key = PhotoKey("external_primary", index.toLong())
                val bytes = features[index % features.size]
                container.database.put(photoSample(key, bytes, at.toInstant().toEpochMilli()))
            }
        }
    }
}
