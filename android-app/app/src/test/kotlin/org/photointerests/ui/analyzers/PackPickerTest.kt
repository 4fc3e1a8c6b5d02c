package org.photointerests.ui.analyzers

import android.app.Activity
import android.content.Intent
import android.net.Uri
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.pipeline.analysis.species.SpeciesAnalyzer.Companion.INSECTS
import org.photointerests.support.AppTestRunner
import org.photointerests.support.AppWalk
import org.photointerests.support.DocumentsProvider
import org.photointerests.support.TestApplication
import org.photointerests.support.TestPacks
import org.photointerests.support.TestSpecies
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config

/** A model's file from the system's file picker, whose answer a content provider has a file for. */
@OptIn(ExperimentalTestApi::class)
@RunWith(AppTestRunner::class)
@Config(application = TestApplication::class, qualifiers = "w411dp-h800dp-xhdpi")
class PackPickerTest : AppWalk() {
    private val pack = TestSpecies.packFile(INSECTS)
    private val documents = DocumentsProvider.create()

    @Test
    fun fileThatIsChosen_isAdded_andCanBeRemoved() {
        openAnalyzers()
        choose(documents.put("insects.pack", pack))
        waitFor(", added", substring = true)
        assertEquals(listOf(INSECTS), container.packs.installed.value.map { it.name })
        val choices = runBlocking { container.analyzers.choices.first() }
        assertTrue(choices.first { it.name == INSECTS }.on)
        waitFor("The species of an insect", substring = true)
        rule.onNodeWithText("Remove").performScrollTo().performClick()
        waitFor("Needs the file insects-1.0.0.pack", substring = true)
        assertTrue(container.packs.installed.value.isEmpty())
    }

    @Test
    fun anotherFile_isRefusedInWords_andTheRightOneTakenThen() {
        openAnalyzers()
        choose(documents.put("insects.pack", pack.copyOf(pack.size - 1)))
        waitFor("it is none of the model files", substring = true)
        assertTrue(container.packs.installed.value.isEmpty())
        choose(documents.put("right.pack", pack))
        waitFor(", added", substring = true)
        rule.onNodeWithText("it is none of the model files", substring = true).assertDoesNotExist()
    }

    @Test
    fun fileThatItsAppDoesNotGive_isRefusedInWords() {
        openAnalyzers()
        choose(documents.uri("gone.pack"))
        waitFor("it could not be read", substring = true)
        assertTrue(container.packs.installed.value.isEmpty())
    }

    @Test
    fun pickerThatIsLeft_changesNothing() {
        openAnalyzers()
        answer(Activity.RESULT_CANCELED, null)
        rule.onNodeWithText("Add a model file").performScrollTo().assertIsDisplayed()
        rule.onNodeWithText("The file was not added", substring = true).assertDoesNotExist()
        assertTrue(container.packs.installed.value.isEmpty())
    }

    private fun openAnalyzers() {
        container.givenPacks = listOf(TestPacks.known(pack, name = INSECTS))
        fill()
        open()
        openWhatToLookFor()
        waitFor("Needs the file insects-1.0.0.pack", substring = true)
    }

    private fun choose(document: Uri) = answer(Activity.RESULT_OK, Intent().setData(document))

    /** Opens the picker and answers in its place. */
    private fun answer(result: Int, data: Intent?) {
        rule.onNodeWithText("Add a model file").performScrollTo().performClick()
        rule.waitForIdle()
        checkNotNull(window).onActivity { activity ->
            val request = shadowOf(activity).nextStartedActivityForResult.intent
            assertEquals(Intent.ACTION_OPEN_DOCUMENT, request.action)
            assertEquals("*/*", request.type)
            shadowOf(activity).receiveResult(request, result, data)
        }
        rule.waitForIdle()
    }
}
