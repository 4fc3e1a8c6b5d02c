package org.photointerests.ui

import androidx.activity.BackEventCompat
import androidx.activity.OnBackPressedDispatcher
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.longClick
import androidx.compose.ui.test.onAllNodesWithContentDescription
import androidx.compose.ui.test.onFirst
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performTextInput
import androidx.compose.ui.test.performTouchInput
import org.junit.Assert.assertFalse
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.support.AppTestRunner
import org.photointerests.support.AppWalk
import org.photointerests.support.PATIENCE_MS
import org.photointerests.support.TABLET
import org.photointerests.support.TestApplication
import org.robolectric.annotation.Config

/**
 * The system's gesture to go back, from each level of the app: the screen below is seen under it,
 * it leaves everything as it was where it is cancelled, and goes back where it is completed.
 */
@OptIn(ExperimentalTestApi::class)
@RunWith(AppTestRunner::class)
@Config(application = TestApplication::class, qualifiers = "w411dp-h800dp-xhdpi")
class BackGestureTest : AppWalk() {
    @Test
    fun photo_itsInterest_andHome() {
        fill()
        val name = shownInterest().category.names.getValue("en")
        open()
        openInterest(name)
        firstPhoto().performClick()
        waitForNamed("Share photo")
        begin()
        rule.onNodeWithContentDescription("Hide").assertExists()
        cancel()
        rule.onNodeWithContentDescription("Share photo").assertIsDisplayed()
        rule.onNodeWithContentDescription("Hide").assertDoesNotExist()
        begin()
        complete()
        waitForNamed("Hide")
        rule.onNodeWithContentDescription("Share photo").assertDoesNotExist()
        begin()
        rule.onNodeWithText("Your interests").assertExists()
        cancel()
        rule.onNodeWithContentDescription("Hide").assertIsDisplayed()
        rule.onNodeWithText("Your interests").assertDoesNotExist()
        begin()
        complete()
        waitFor("Your interests")
        rule.onNodeWithContentDescription("Hide").assertDoesNotExist()
        // From here it is the system that goes back, out of the app.
        dispatching { assertFalse(hasEnabledCallbacks()) }
    }

    @Test
    fun selectedPhotos_areNoMore_andTheirInterestStays() {
        fill()
        val name = shownInterest().category.names.getValue("en")
        open()
        openInterest(name)
        firstPhoto().performTouchInput { longClick() }
        waitFor("1 selected")
        begin()
        cancel()
        rule.onNodeWithText("1 selected").assertIsDisplayed()
        begin()
        complete()
        waitForNamed("Hide")
        rule.onNodeWithText("1 selected").assertDoesNotExist()
        rule.onNodeWithText(name).assertIsDisplayed()
    }

    @Test
    fun search_keepsItsWords() {
        fill()
        open()
        waitFor("Search your photos")
        rule.onNodeWithText("Search your photos").performClick()
        rule.waitUntilAtLeastOneExists(hasSetTextAction(), PATIENCE_MS)
        rule.onNode(hasSetTextAction()).performTextInput("august 2026")
        waitForNamed("Photo 1 of 32")
        begin()
        cancel()
        rule.onNode(hasText("august 2026") and hasSetTextAction()).assertIsDisplayed()
        rule.onNodeWithContentDescription("Photo 1 of 32").assertIsDisplayed()
        begin()
        complete()
        waitFor("Your interests")
        rule.onNode(hasSetTextAction()).assertDoesNotExist()
    }

    @Test
    fun month_theTimeline_andHome() {
        fill()
        open()
        waitFor("Timeline")
        rule.onNodeWithText("Timeline").performClick()
        waitFor("August 2026")
        rule.onNodeWithText("August 2026").performClick()
        waitForNamed("Back")
        begin()
        cancel()
        rule.onNodeWithContentDescription("Back").assertIsDisplayed()
        begin()
        complete()
        waitFor("Timeline")
        begin()
        cancel()
        rule.onNodeWithText("August 2026").assertIsDisplayed()
        begin()
        complete()
        waitFor("Your interests")
    }

    @Test
    fun setUp_lastStep_leadsToTheOneBefore() {
        container.source.put(1, ByteArray(1), album = "camera")
        open()
        waitFor("Which albums?")
        rule.onNodeWithText("Next").performClick()
        waitFor("When to scan?")
        begin()
        cancel()
        rule.onNodeWithText("When to scan?").assertIsDisplayed()
        begin()
        complete()
        waitFor("Which albums?")
    }

    @Test
    @Config(qualifiers = TABLET)
    fun pageBesideTheLibrary_givesWayToTheAlbums() {
        fill()
        container.source.put(1, ByteArray(1), album = "camera")
        open()
        waitFor("Library")
        rule.onNodeWithText("Library").performClick()
        waitFor("Turn off albums", substring = true)
        rule.onNodeWithText("Products for you").performClick()
        waitFor("Try a sample")
        begin()
        cancel()
        rule.onNodeWithText("Try a sample").assertIsDisplayed()
        begin()
        complete()
        waitFor("Turn off albums", substring = true)
        rule.onNodeWithText("Choose").assertIsDisplayed()
    }

    private fun openInterest(name: String) {
        rule.waitUntilAtLeastOneExists(hasText(name) and hasClickAction(), PATIENCE_MS)
        rule.onNode(hasText(name) and hasClickAction()).performScrollTo().performClick()
        waitForNamed("Hide")
        waitForNamed("Photo 1 of", substring = true)
    }

    private fun firstPhoto() =
        rule.onAllNodesWithContentDescription("Photo 1 of", substring = true).onFirst()

    /** The finger is on its way over the window. */
    private fun begin() {
        dispatching {
            dispatchOnBackStarted(event(0f))
            dispatchOnBackProgressed(event(0.2f))
        }
        rule.waitForIdle()
        dispatching { dispatchOnBackProgressed(event(0.5f)) }
        rule.waitForIdle()
    }

    private fun cancel() {
        dispatching { dispatchOnBackCancelled() }
        rule.waitForIdle()
    }

    private fun complete() {
        dispatching { onBackPressed() }
        rule.waitForIdle()
    }

    private fun event(progress: Float) =
        BackEventCompat(0f, 400f, progress, BackEventCompat.EDGE_LEFT)

    private fun dispatching(action: OnBackPressedDispatcher.() -> Unit) =
        checkNotNull(window).onActivity { it.onBackPressedDispatcher.action() }
}
