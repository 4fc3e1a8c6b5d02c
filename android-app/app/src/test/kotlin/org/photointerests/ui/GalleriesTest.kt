package org.photointerests.ui

import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasScrollToIndexAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.onFirst
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performScrollToIndex
import androidx.compose.ui.test.performScrollToNode
import androidx.room.withTransaction
import java.time.ZoneOffset
import java.time.ZonedDateTime
import kotlinx.coroutines.runBlocking
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.support.AppTestRunner
import org.photointerests.support.AppWalk
import org.photointerests.support.TestApplication
import org.photointerests.support.TestBundle
import org.photointerests.support.photoSample
import org.photointerests.support.put
import org.robolectric.annotation.Config

private val NEWEST = ZonedDateTime.of(2026, 8, 28, 10, 0, 0, 0, ZoneOffset.UTC)
private const val PHOTOS_A_DAY = 3

/** A walk through the app with galleries of several sizes, over the rows that a scan would leave. */
@OptIn(ExperimentalTestApi::class)
@RunWith(AppTestRunner::class)
@Config(application = TestApplication::class, qualifiers = "w411dp-h891dp-xhdpi")
class GalleriesTest : AppWalk() {
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
        // Pinned, it is in sight whatever else is.
        val top = shownInterest()
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
        checkNotNull(window).recreate()
        waitForPhoto(last)
        rule.onNodeWithContentDescription("Photo $last of %,d".format(count)).assertIsDisplayed()
    }

    private fun waitForPhoto(number: Int) = waitForNamed("Photo $number of", substring = true)

    private fun openTimeline() = rule.onNodeWithText("Timeline").performClick()

    /** The photos of the golden set again and again, some a day. */
    private fun fill(count: Int) = runBlocking {
        val features = TestBundle.goldenFeatures()
        container.database.withTransaction {
            repeat(count) { index ->
                val at = NEWEST.minusDays(index.toLong() / PHOTOS_A_DAY)
                    .minusHours(index.toLong() % PHOTOS_A_DAY)
                val bytes = features[index % features.size]
                val atMs = at.toInstant().toEpochMilli()
                container.database.put(photoSample(key(index), bytes, atMs))
            }
        }
    }
}
