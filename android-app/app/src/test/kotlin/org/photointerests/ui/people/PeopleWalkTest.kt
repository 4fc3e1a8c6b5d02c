package org.photointerests.ui.people

import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.assertIsNotEnabled
import androidx.compose.ui.test.assertIsOff
import androidx.compose.ui.test.hasAnyAncestor
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.isDialog
import androidx.compose.ui.test.isToggleable
import androidx.compose.ui.test.longClick
import androidx.compose.ui.test.onAllNodesWithContentDescription
import androidx.compose.ui.test.onFirst
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performTextInput
import androidx.compose.ui.test.performTextReplacement
import androidx.compose.ui.test.performTouchInput
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.pipeline.analysis.detections.Box
import org.photointerests.pipeline.analysis.identity.IdentityAnalyzer
import org.photointerests.support.AppTestRunner
import org.photointerests.support.AppWalk
import org.photointerests.support.PATIENCE_MS
import org.photointerests.support.TestApplication
import org.photointerests.support.TestFaces
import org.photointerests.support.TestPacks
import org.photointerests.support.TestPeople
import org.robolectric.annotation.Config

private val FACE = Box(0.4f, 0.3f, 0.2f, 0.3f)
private const val GROUPS = "Groups of the same person"

/** From the agreement to people, their names, and nothing left, with a real database. */
@OptIn(ExperimentalTestApi::class)
@RunWith(AppTestRunner::class)
@Config(application = TestApplication::class, qualifiers = "w411dp-h800dp-xhdpi")
class PeopleWalkTest : AppWalk() {
    @Test
    fun switch_saysFirstWhatItMeans_andIsOnOnceTheUserAgreed() {
        addPack()
        fill()
        open()
        openAnalyzers()
        waitFor("identity-1.0.0.pack", substring = true)
        groupsSwitch().performScrollTo().assertIsOff().performClick()
        waitFor("Biometric data")
        assertFalse(isOn())
        rule.onNodeWithText("Turn on").performScrollTo().assertIsNotEnabled()
        rule.onNodeWithText("Not now").performScrollTo().performClick()
        waitFor("What to look for")
        assertFalse(isOn())
        groupsSwitch().performScrollTo().performClick()
        waitFor("Biometric data")
        rule.onNode(isToggleable()).performScrollTo().assertIsOff().performClick()
        rule.onNodeWithText("Turn on").performScrollTo().performClick()
        waitFor("What to look for")
        assertTrue(isOn())
    }

    @Test
    fun switchedOff_asksFirst_andLeavesNothing() {
        addPeople()
        nameFirst("Anna")
        open()
        openAnalyzers()
        waitFor(GROUPS)
        groupsSwitch().performScrollTo().performClick()
        waitFor("Turn off and delete?")
        rule.onNodeWithText("Cancel").performClick()
        assertTrue(isOn())
        assertEquals(2, groups().size)
        groupsSwitch().performScrollTo().performClick()
        waitFor("Turn off and delete?")
        rule.onNodeWithText("Turn off and delete").performClick()
        rule.waitUntil(PATIENCE_MS) {
            rule.waitForIdle()
            groups().isEmpty() && !isOn()
        }
        assertEquals(0L, runBlocking { container.peopleGroups.bytes.first() })
        assertEquals(0, runBlocking { container.search.search("Anna", 10) }.photoCount)
    }

    @Test
    fun modelRemoved_asksFirst_andLeavesNothing() {
        addPeople()
        open()
        openAnalyzers()
        waitForNamed("Remove the model file: $GROUPS")
        rule.onNodeWithContentDescription("Remove the model file: $GROUPS")
            .performScrollTo().performClick()
        waitFor("Turn off and delete?")
        rule.onNode(hasText("Remove") and hasAnyAncestor(isDialog())).performClick()
        rule.waitUntil(PATIENCE_MS) {
            rule.waitForIdle()
            groups().isEmpty() && container.packs.installed.value.isEmpty()
        }
    }

    @Test
    fun library_namesNoPeople_untilTheyAreWanted() {
        addPack()
        fill()
        open()
        openLibrary()
        waitFor("Products for you")
        rule.onNodeWithText("Photos by person").assertDoesNotExist()
    }

    @Test
    fun people_areNamed_andFoundByTheirNames() {
        addPeople()
        open()
        openPeople()
        waitForNamed("Person without a name, 3 photos")
        waitFor("Show 1 more, seen once")
        rule.onNodeWithText("Show 1 more, seen once").performClick()
        waitForNamed("Person without a name, 1 photo")
        rule.onNodeWithContentDescription("Person without a name, 3 photos").performClick()
        waitForNamed("Photo 1 of 3")
        rule.onNodeWithText("Add a name").performClick()
        giveName("Anna")
        waitFor("Anna")
        assertEquals("Anna", groups().first().name)
        // A photo among hers: its page says who it is, and leads back to her.
        rule.onNodeWithContentDescription("Photo 1 of 3").performClick()
        waitForNamed("Share photo")
        waitForNamed("Photo 1 of 3. Anna", substring = true)
        rule.onNode(hasText("Anna") and hasClickAction()).performScrollTo().performClick()
        waitForNamed("Change the name")
        rule.onNodeWithContentDescription("Change the name").performClick()
        giveName("Annie")
        waitFor("Annie")
        rule.onNodeWithContentDescription("Back").performClick()
        waitForNamed("Photo 1 of 3. Annie", substring = true)
        repeat(3) { rule.onNodeWithContentDescription("Back").performClick() }
        waitFor("Interests")
        rule.onNodeWithText("Interests").performClick()
        search("annie august")
        waitForNamed("Photo 1 of 3")
        rule.onNode(hasText("Annie") and hasClickAction()).performClick()
        waitForNamed("Forget this person")
    }

    @Test
    fun nameOfAnotherGroup_offersToJoinBoth() {
        addPeople()
        nameFirst("Anna")
        open()
        openPeople()
        waitForNamed("Person without a name, 2 photos")
        rule.onNodeWithContentDescription("Person without a name, 2 photos").performClick()
        waitFor("Add a name")
        rule.onNodeWithText("Add a name").performClick()
        giveName("anna")
        waitFor("Is this the same Anna?")
        rule.onNodeWithText("Join").performClick()
        waitForNamed("Photo 1 of 5")
        assertEquals("Anna" to 5, groups().single().run { name to photos })
    }

    @Test
    fun group_isJoinedWithAnother_andPhotosAreTakenOutAgain() {
        addPeople()
        nameFirst("Anna")
        open()
        openPeople()
        waitForNamed("Anna, 3 photos")
        rule.onNodeWithContentDescription("Anna, 3 photos").performClick()
        waitForNamed("Same person as…")
        rule.onNodeWithContentDescription("Same person as…").performClick()
        waitForNamed("Person without a name, 2 photos")
        rule.onNodeWithContentDescription("Person without a name, 2 photos").performClick()
        waitFor("The group is then called Anna.")
        rule.onNodeWithText("Join").performClick()
        waitForNamed("Photo 1 of 5")
        rule.onAllNodesWithContentDescription("Photo 1 of 5").onFirst()
            .performTouchInput { longClick() }
        waitFor("1 selected")
        rule.onNodeWithContentDescription("Not this person").performClick()
        waitFor("1 photo is a group of its own now")
        waitForNamed("Photo 1 of 4")
        rule.onNodeWithText("Undo").performClick()
        waitForNamed("Photo 1 of 5")
    }

    @Test
    fun forgotten_afterAQuestion_isGone() {
        addPeople()
        nameFirst("Anna")
        open()
        openPeople()
        waitForNamed("Anna, 3 photos")
        rule.onNodeWithContentDescription("Anna, 3 photos").performClick()
        waitForNamed("Forget this person")
        rule.onNodeWithContentDescription("Forget this person").performClick()
        waitFor("This can't be undone.", substring = true)
        rule.onNodeWithText("Cancel").performClick()
        assertEquals(2, groups().size)
        rule.onNodeWithContentDescription("Forget this person").performClick()
        waitFor("Forget")
        rule.onNodeWithText("Forget").performClick()
        waitForNamed("Person without a name, 2 photos")
        rule.onNodeWithContentDescription("Anna, 3 photos").assertDoesNotExist()
        assertEquals(listOf(null), groups().map { it.name })
        assertEquals(0, runBlocking { container.search.search("Anna", 10) }.photoCount)
    }

    @Test
    fun everythingDeleted_leavesNoPeople() {
        addPeople()
        nameFirst("Anna")
        runBlocking { container.deleteEverything() }
        assertTrue(groups().isEmpty())
        assertFalse(isOn())
        assertEquals(0, runBlocking { container.search.search("Anna", 10) }.photoCount)
    }

    private fun addPack() {
        val pack = TestFaces.pack()
        container.givenPacks = listOf(TestPacks.known(pack, IdentityAnalyzer.NAME))
        runBlocking { container.addPack { pack.inputStream() } }
    }

    /** Somebody on three photos, somebody on two, and somebody on one. */
    private fun addPeople() {
        addPack()
        fill()
        runBlocking {
            container.settings.setAnalyzer(IdentityAnalyzer.NAME, true)
            listOf(1, 1, 1, 2, 2, 3).forEachIndexed { photo, person ->
                TestPeople.put(container.database, key(photo), FACE, person)
            }
        }
    }

    private fun nameFirst(name: String) = runBlocking {
        container.peopleGroups.name(groups().first().id, name)
        container.search.refresh()
    }

    private fun groups() = runBlocking { container.peopleGroups.all.first() }

    private fun isOn() = runBlocking {
        container.analyzers.choices.first().any { it.name == IdentityAnalyzer.NAME && it.on }
    }

    private fun groupsSwitch() = rule.onNode(hasText(GROUPS) and isToggleable())

    private fun giveName(name: String) {
        rule.waitUntilAtLeastOneExists(hasSetTextAction(), PATIENCE_MS)
        rule.onNode(hasSetTextAction()).performTextReplacement(name)
        rule.onNodeWithText("Save").performClick()
    }

    private fun search(words: String) {
        waitFor("Search your photos")
        rule.onNodeWithText("Search your photos").performClick()
        rule.waitUntilAtLeastOneExists(hasSetTextAction(), PATIENCE_MS)
        rule.onNode(hasSetTextAction()).performTextInput(words)
    }

    private fun openAnalyzers() {
        openSettings()
        waitFor("What to look for")
        rule.onNodeWithText("What to look for").performScrollTo().performClick()
    }

    private fun openLibrary() {
        waitFor("Library")
        rule.onNodeWithText("Library").performClick()
    }

    private fun openPeople() {
        openLibrary()
        waitFor("Photos by person")
        rule.onNodeWithText("Photos by person").performScrollTo().performClick()
        rule.waitUntilDoesNotExist(hasContentDescription("Settings"), PATIENCE_MS)
    }
}
