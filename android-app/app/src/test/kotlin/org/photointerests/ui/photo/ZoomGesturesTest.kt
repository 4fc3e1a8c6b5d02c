package org.photointerests.ui.photo

import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.test.doubleClick
import androidx.compose.ui.test.junit4.v2.createComposeRule
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performTouchInput
import androidx.compose.ui.test.pinch
import androidx.compose.ui.test.swipe
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.core.PhotoKey
import org.photointerests.support.AppTestRunner
import org.photointerests.support.SearchSamples
import org.photointerests.support.ShownPhotos
import org.photointerests.support.TestApplication
import org.photointerests.ui.designsystem.PhotoInterestsTheme
import org.robolectric.annotation.Config

/** A photo under fingers: what the window gets, not what [ZoomState] is told. */
@RunWith(AppTestRunner::class)
@Config(application = TestApplication::class, qualifiers = "w411dp-h891dp-xhdpi")
class ZoomGesturesTest {
    @get:Rule val rule = createComposeRule()

    @get:Rule val photos = ShownPhotos()
    private val state = ZoomState()
    private var taps = 0
    private val key = PhotoKey("external_primary", 0)

    @Test
    fun doubleTap_zoomsInOnThePoint_andOutAgain() {
        show()
        photo().performTouchInput { doubleClick(Offset(width / 4f, height / 4f)) }
        rule.waitForIdle()
        assertTrue("${state.scale}", state.scale > 2)
        // What was up there at the left has come nearer to the middle.
        assertTrue("${state.offset}", state.offset.x > 0 && state.offset.y > 0)
        photo().performTouchInput { doubleClick(center) }
        rule.waitForIdle()
        assertEquals(1f to Offset.Zero, state.scale to state.offset)
        assertEquals(0, taps)
    }

    @Test
    fun pinch_zoomsAsFarAsTheFingersPart_andOutAgain() {
        show()
        spread(from = 50f, to = 150f)
        assertTrue("${state.scale}", state.scale in 2.5f..3.5f)
        spread(from = 300f, to = 50f)
        assertFalse(state.isZoomed)
        assertEquals(0, taps)
    }

    @Test
    fun oneFinger_onAZoomedPhoto_movesIt() {
        show()
        photo().performTouchInput { doubleClick(center) }
        rule.waitForIdle()
        photo().performTouchInput { swipe(center, center + Offset(-120f, -90f), 200) }
        rule.waitForIdle()
        assertTrue("${state.offset}", state.offset.x < 0 && state.offset.y < 0)
    }

    @Test
    fun tap_isATap() {
        show()
        photo().performClick()
        rule.mainClock.advanceTimeBy(1000)
        rule.waitForIdle()
        assertEquals(1 to 1f, taps to state.scale)
    }

    /** Zoomed, a swipe moves the photo; as a whole, the same swipe turns the page. */
    @Test
    fun swipe_turnsThePage_unlessThePhotoIsZoomed() {
        rule.setContent {
            PhotoInterestsTheme { PhotoScreen(SearchSamples.viewer(), key, PhotoActions()) }
        }
        photos.waitUntilLoaded(rule)
        val first = rule.onNodeWithContentDescription("Photo 1 of 12", substring = true)
        first.performTouchInput { doubleClick(center) }
        rule.waitForIdle()
        first.performTouchInput { swipe(center, center + Offset(-80f, 0f), 400) }
        rule.waitForIdle()
        first.assertExists()
        first.performTouchInput { doubleClick(center) }
        rule.waitForIdle()
        first.performTouchInput { swipe(centerRight - Offset(40f, 0f), centerLeft, 200) }
        rule.waitForIdle()
        rule.onNodeWithContentDescription("Photo 2 of 12", substring = true).assertExists()
    }

    private fun show() {
        rule.setContent {
            PhotoInterestsTheme { ZoomablePhoto(key, "photo", true, { taps++ }, state) }
        }
        photos.waitUntilLoaded(rule)
    }

    private fun photo() = rule.onNodeWithContentDescription("photo")

    /** Two fingers beside the middle, from one distance to another, in pixels. */
    private fun spread(from: Float, to: Float) {
        photo().performTouchInput {
            pinch(
                center - Offset(from, 0f),
                center - Offset(to, 0f),
                center + Offset(from, 0f),
                center + Offset(to, 0f)
            )
        }
        rule.waitForIdle()
    }
}
