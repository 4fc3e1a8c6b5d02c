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
import java.time.Instant
import java.time.ZoneOffset
import java.time.ZonedDateTime
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.insights.interests.Period
import org.photointerests.support.AppTestRunner
import org.photointerests.support.AppWalk
import org.photointerests.support.PATIENCE_MS
import org.photointerests.support.TestApplication
import org.photointerests.support.TestBundle
import org.photointerests.support.photoSample
import org.photointerests.support.put
import org.robolectric.annotation.Config

private val NEWEST = ZonedDateTime.of(2026, 8, 28, 10, 0, 0, 0, ZoneOffset.UTC)
private const val PHOTOS_A_DAY = 3
private const val MANY = 100_000
private const val DAY_MS = 86_400_000L

// As [org.photointerests.pipeline.index.number] counts months.
private const val MONTH = "(strftime('%Y', taken_at_ms / 1000, 'unixepoch') * 12 + " +
    "strftime('%m', taken_at_ms / 1000, 'unixepoch') - 1)"

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
        walk("4,000 photos", NEWEST.minusDays(4000L / PHOTOS_A_DAY))
    }

    /** All that takes longer than with few photos is done before the walk: no wait is for speed. */
    @Test
    fun hundredThousandPhotos_scrollToTheEnd_andStayThere() {
        fill()
        val copies = MANY / TestBundle.goldenFeatures().size
        copyEarlier(copies)
        val count = runBlocking {
            container.interests.profile(Period.All, 1)
            container.photos.counts.first().read
        }
        assertEquals(MANY, count)
        val first = Instant.parse("2026-08-10T10:00:00Z").atZone(ZoneOffset.UTC)
        walk("100,000 photos", first.minusDays(copies - 1L))
    }

    /** From the interests to the oldest month, to an interest and down its photos. */
    private fun walk(photos: String, oldest: ZonedDateTime) {
        // Pinned, it is in sight whatever else is.
        val top = shownInterest()
        open()
        waitFor(photos, substring = true)
        openTimeline()
        waitFor("August 2026")
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
        scrollToPhoto(minOf(last, 119))
        scrollToPhoto(last)
        checkNotNull(window).recreate()
        waitForPhoto(last)
        rule.onNodeWithContentDescription("Photo $last of %,d".format(count)).assertIsDisplayed()
    }

    /** Until the page that holds the photo is read, the list ends before it. */
    private fun scrollToPhoto(number: Int) {
        rule.waitUntil(PATIENCE_MS) {
            try {
                rule.onAllNodes(hasScrollToIndexAction()).onFirst().performScrollToIndex(number)
                true
            } catch (_: IllegalArgumentException) {
                false
            }
        }
        waitForPhoto(number)
    }

    private fun waitForPhoto(number: Int) = waitForNamed("Photo $number of", substring = true)

    private fun openTimeline() = rule.onNodeWithText("Timeline").performClick()

    /**
     * Copies the photos that are there to the days before theirs, [copies] of each with them.
     *
     * The database does it by itself: photo by photo, 100,000 would take minutes.
     */
    private fun copyEarlier(copies: Int) {
        val sql = container.database.openHelper.writableDatabase
        val photos = TestBundle.goldenFeatures().size
        sql.execSQL(
            "WITH RECURSIVE days(day) AS (SELECT 1 UNION ALL SELECT day + 1 FROM days " +
                "WHERE day < ${copies - 1}), copies AS (SELECT volume, " +
                "media_id + day * $photos AS media_id, generation, file_signature, " +
                "taken_at_ms - day * $DAY_MS AS taken_at_ms, utc_offset_s, album, timed " +
                "FROM media_items, days) " +
                "INSERT INTO media_items (volume, media_id, generation, file_signature, " +
                "taken_at_ms, utc_offset_s, month, album, timed) SELECT volume, media_id, " +
                "generation, file_signature, taken_at_ms, utc_offset_s, $MONTH, album, timed " +
                "FROM copies"
        )
        val copied = "FROM media_items new JOIN media_items old " +
            "ON old.media_id = new.media_id % $photos AND old.volume = new.volume"
        sql.execSQL(
            "INSERT INTO analysis_status SELECT new.item, s.analyzer, s.version, s.state, " +
                "s.attempts, s.reason $copied JOIN analysis_status s ON s.item = old.item " +
                "WHERE new.media_id >= $photos"
        )
        sql.execSQL(
            "INSERT INTO features SELECT new.item, f.version, new.month, f.features $copied " +
                "JOIN features f ON f.item = old.item WHERE new.media_id >= $photos"
        )
        sql.execSQL("ANALYZE")
    }

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
