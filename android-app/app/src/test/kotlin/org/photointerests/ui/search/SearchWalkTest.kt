package org.photointerests.ui.search

import android.content.Intent
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.assertIsFocused
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.onAllNodesWithContentDescription
import androidx.compose.ui.test.onFirst
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performImeAction
import androidx.compose.ui.test.performTextInput
import androidx.compose.ui.test.performTouchInput
import androidx.compose.ui.test.swipeLeft
import androidx.core.content.IntentCompat
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.support.AppTestRunner
import org.photointerests.support.AppWalk
import org.photointerests.support.PATIENCE_MS
import org.photointerests.support.TestApplication
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config

/** From the search field to a photo and on, with the real models and a real database. */
@OptIn(ExperimentalTestApi::class)
@RunWith(AppTestRunner::class)
@Config(application = TestApplication::class, qualifiers = "w411dp-h800dp-xhdpi")
class SearchWalkTest : AppWalk() {
    @Test
    fun search_opensAPhoto_sharesIt_andIsWhereItWas() {
        fill()
        open()
        openSearch()
        rule.onNode(hasSetTextAction()).assertIsFocused().performTextInput("august 2026")
        waitForNamed("Photo 1 of 32")
        rule.onAllNodesWithContentDescription("Photo 1 of 32").onFirst().performClick()
        waitForNamed("Share photo")
        rule.onNodeWithContentDescription("Share photo").performClick()
        val chooser = shadowOf(application).nextStartedActivity
        val shared = checkNotNull(
            IntentCompat.getParcelableExtra(chooser, Intent.EXTRA_INTENT, Intent::class.java)
        )
        assertEquals(Intent.ACTION_SEND, shared.action)
        assertEquals(key(31).uri, shared.clipData?.getItemAt(0)?.uri)
        // The next one, by a swipe; the newest comes first. A photo is there before its set is.
        rule.waitUntilExactlyOneExists(
            hasContentDescription("Photo 1 of 32", substring = true),
            PATIENCE_MS
        )
        rule.onNodeWithContentDescription("Photo 1 of 32", substring = true)
            .performTouchInput { swipeLeft() }
        waitForNamed("Photo 2 of 32", substring = true)
        rule.onNodeWithContentDescription("Back").performClick()
        waitForNamed("Photo 1 of 32")
        rule.onNode(hasText("august 2026") and hasSetTextAction()).assertIsDisplayed()
        assertEquals(listOf("august 2026"), runBlocking { container.search.recent.first() })
    }

    @Test
    fun search_chipAndHit_leadToTheInterest_andRecentSearchesGo() {
        fill()
        val id = runBlocking {
            container.search.refresh()
            container.search.suggestions(1).first().reference
        }
        val interest = container.bundle.card.interests.first { it.id == id }
        val name = interest.names.getValue("en")
        open()
        openSearch()
        waitForButton(name)
        rule.onNode(hasText(name) and hasClickAction() and !hasSetTextAction()).performClick()
        waitForNamed("Photo 1 of", substring = true)
        rule.onNode(hasSetTextAction()).performImeAction()
        rule.onAllNodes(hasText(name) and hasClickAction() and !hasSetTextAction()).onFirst()
            .performClick()
        waitForNamed("Hide")
        rule.onNodeWithContentDescription("Back").performClick()
        waitForNamed("Clear")
        rule.onNodeWithContentDescription("Clear").performClick()
        waitFor("Recent searches")
        rule.onNodeWithText("Clear all").performClick()
        rule.waitUntilDoesNotExist(hasText("Recent searches"), PATIENCE_MS)
    }

    @Test
    fun processDeath_keepsTheWordsAndWhatTheyFound() {
        fill()
        acrossProcessDeath(
            before = {
                openSearch()
                rule.onNode(hasSetTextAction()).performTextInput("auguts")
                waitFor("Results for “august”")
            },
            after = {
                waitFor("Results for “august”")
                rule.onNode(hasText("auguts") and hasSetTextAction()).assertIsDisplayed()
            }
        )
    }

    @Test
    fun wordsThatNothingHas_saySo() {
        fill()
        open()
        openSearch()
        rule.onNode(hasSetTextAction()).performTextInput("qqqqqq")
        waitFor("Nothing found for “qqqqqq”")
    }

    private fun openSearch() {
        waitFor("Search your photos")
        rule.onNodeWithText("Search your photos").performClick()
        rule.waitUntilAtLeastOneExists(hasSetTextAction(), PATIENCE_MS)
    }

    private fun waitForButton(text: String) = rule.waitUntilAtLeastOneExists(
        hasText(text) and hasClickAction() and !hasSetTextAction(),
        PATIENCE_MS
    )
}
