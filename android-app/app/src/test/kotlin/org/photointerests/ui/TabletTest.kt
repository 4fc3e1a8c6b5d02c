package org.photointerests.ui

import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.onAllNodesWithContentDescription
import androidx.compose.ui.test.onFirst
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import java.time.ZoneOffset
import java.time.ZonedDateTime
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertFalse
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.insights.interests.Interest
import org.photointerests.insights.interests.Period
import org.photointerests.support.AppTestRunner
import org.photointerests.support.AppWalk
import org.photointerests.support.HeldDatabase
import org.photointerests.support.PATIENCE_MS
import org.photointerests.support.TABLET
import org.photointerests.support.TestApplication
import org.photointerests.support.TestBundle
import org.photointerests.support.photoSample
import org.photointerests.support.put
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.Config

private val AUGUST = ZonedDateTime.of(2026, 8, 10, 10, 0, 0, 0, ZoneOffset.UTC)

/** A list and a page beside it, as on tablets and opened foldables. */
@OptIn(ExperimentalTestApi::class)
@RunWith(AppTestRunner::class)
@Config(application = TestApplication::class, qualifiers = TABLET)
class TabletTest : AppWalk() {
    private val isChosen = SemanticsMatcher.expectValue(SemanticsProperties.Selected, true)

    @Test
    fun beforeTheFirstScan_nothingIsBeside() {
        runBlocking { container.settings.setUp() }
        open()
        waitFor("No photos scanned yet")
        rule.onNodeWithText("No photos scanned yet").assertIsDisplayed()
    }

    @Test
    fun interests_firstIsBeside_anotherOneIsChosen_andBackTakesItAway() {
        fill()
        val (first, second) = interests()
        open()
        waitForChosen(first)
        waitForNamed("Hide")
        // Beside its list a page has no way back of its own.
        rule.onNodeWithContentDescription("Back").assertDoesNotExist()
        choose(second)
        waitForChosen(second)
        checkNotNull(window).recreate()
        waitForChosen(second)
        goBack()
        waitForChosen(first)
        // The next one is for the system, which leaves the app.
        rule.waitForIdle()
        checkNotNull(window).onActivity {
            assertFalse(it.onBackPressedDispatcher.hasEnabledCallbacks())
        }
    }

    @Test
    fun photoOfAPage_fillsTheWindow_andBackLeadsToBoth() {
        fill()
        shownInterest()
        val (_, second) = interests()
        open()
        waitFor("Your interests")
        choose(second)
        waitForChosen(second)
        waitForNamed("Photo 1 of", substring = true)
        rule.onAllNodesWithContentDescription("Photo 1 of", substring = true)
            .onFirst().performClick()
        waitForNamed("Share photo")
        rule.onNodeWithText("Your interests").assertDoesNotExist()
        goBack()
        waitForChosen(second)
    }

    @Test
    fun hiddenInterest_leavesThePlaceToTheFirst() {
        fill()
        val (first, second) = interests()
        open()
        waitForChosen(first)
        choose(second)
        waitForChosen(second)
        waitForNamed("Hide")
        rule.onNodeWithContentDescription("Hide").performClick()
        waitForChosen(first)
    }

    @Test
    fun processDeath_keepsTheChosenInterest() {
        fill()
        val (first, second) = interests()
        acrossProcessDeath(
            before = {
                waitForChosen(first)
                choose(second)
                waitForChosen(second)
            },
            after = {
                waitForChosen(second)
                waitForNamed("Hide")
            }
        )
    }

    @Test
    fun processDeath_keepsTheChosenMonth() {
        fillTwoMonths()
        acrossProcessDeath(
            before = ::chooseJuly,
            after = { waitForChosen("July 2026") }
        )
    }

    /** What was chosen is beside its list from the start, before anything is read of the database. */
    @Test
    fun processDeath_whileNothingIsReadYet_keepsBoth() {
        val database = HeldDatabase()
        container.openDatabase = database::open
        fillTwoMonths()
        acrossProcessDeath(
            before = {
                chooseJuly()
                database.hold()
            },
            after = {
                waitFor("July 2026")
                rule.onNodeWithText("Interests").assertIsDisplayed()
                rule.onNodeWithContentDescription("Back").assertDoesNotExist()
                database.release()
                waitForChosen("July 2026")
            }
        )
    }

    @Test
    fun library_albumsAreBeside_anythingElseIsChosen_andBackTakesItAway() {
        fill()
        val (pinned) = interests()
        runBlocking { container.database.feedback().pin(pinned.category.id) }
        container.source.put(1, ByteArray(1), album = "camera")
        open()
        openLibrary()
        waitForChosen("Choose")
        waitForAlbums()
        rule.onNodeWithContentDescription("Back").assertDoesNotExist()
        choose("Products for you")
        waitForChosen("Products for you")
        waitFor("Try a sample")
        rule.onNodeWithText("Choose").assertIsDisplayed()
        choose(pinned)
        waitForChosen(pinned)
        waitForNamed("Hide")
        goBack()
        waitForChosen("Choose")
        waitForAlbums()
    }

    @Test
    fun library_processDeath_keepsWhatIsChosen() {
        fill()
        acrossProcessDeath(
            before = {
                openLibrary()
                waitForChosen("Choose")
                choose("Products for you")
                waitForChosen("Products for you")
            },
            after = {
                waitForChosen("Products for you")
                waitFor("Try a sample")
            }
        )
    }

    @Test
    fun timeline_newestMonthIsBeside_anotherOneIsChosen_andBackLeadsOn() {
        fillTwoMonths()
        open()
        chooseJuly()
        goBack()
        waitForChosen("August 2026")
        goBack()
        waitFor("Search your photos")
    }

    /** A foldable that is closed over a page shows this page, and back leads to its list. */
    @Test
    fun windowThatBecomesNarrow_keepsThePage_andBackLeadsToTheList() {
        fill()
        val (_, second) = interests()
        open()
        waitFor("Your interests")
        choose(second)
        waitForChosen(second)
        RuntimeEnvironment.setQualifiers("w411dp-h891dp-xhdpi")
        checkNotNull(window).recreate()
        waitForNamed("Hide")
        waitForNamed("Back")
        goBack()
        waitFor("Your interests")
        val name = second.category.names.getValue("en")
        rule.onNode(hasText(name) and hasClickAction() and isChosen).assertDoesNotExist()
    }

    private fun interests(): List<Interest> =
        runBlocking { container.interests.profile(Period.All, 1) }.interests

    private fun fillTwoMonths() = runBlocking {
        TestBundle.goldenFeatures().take(2).forEachIndexed { back, features ->
            val at = AUGUST.minusMonths(back.toLong()).toInstant().toEpochMilli()
            container.database.put(photoSample(key(back), features, at))
        }
    }

    private fun chooseJuly() {
        waitFor("Timeline")
        rule.onNodeWithText("Timeline").performClick()
        waitForChosen("August 2026")
        rule.onNode(hasText("July 2026") and hasClickAction()).performClick()
        waitForChosen("July 2026")
    }

    private fun openLibrary() {
        waitFor("Library")
        rule.onNodeWithText("Library").performClick()
    }

    private fun waitForAlbums() = waitFor("Turn off albums", substring = true)

    private fun choose(interest: Interest) = choose(interest.category.names.getValue("en"))

    private fun choose(name: String) {
        rule.waitUntilAtLeastOneExists(hasText(name) and hasClickAction(), PATIENCE_MS)
        rule.onNode(hasText(name) and hasClickAction()).performScrollTo().performClick()
    }

    private fun waitForChosen(interest: Interest) =
        waitForChosen(interest.category.names.getValue("en"))

    private fun waitForChosen(name: String) =
        rule.waitUntilAtLeastOneExists(hasText(name) and hasClickAction() and isChosen, PATIENCE_MS)

    private fun goBack() =
        checkNotNull(window).onActivity { it.onBackPressedDispatcher.onBackPressed() }
}
