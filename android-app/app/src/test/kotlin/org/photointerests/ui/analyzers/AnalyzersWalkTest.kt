package org.photointerests.ui.analyzers

import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.assertIsSelected
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.onAllNodesWithContentDescription
import androidx.compose.ui.test.onFirst
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performTextInput
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.core.PhotoKey
import org.photointerests.pipeline.analysis.detections.DetectionAnalyzer.Companion.FACES
import org.photointerests.pipeline.analysis.detections.DetectionAnalyzer.Companion.OBJECTS
import org.photointerests.pipeline.analysis.species.SpeciesAnalyzer.Companion.INSECTS
import org.photointerests.pipeline.analysis.species.SpeciesPacks
import org.photointerests.pipeline.analysis.text.TextAnalyzer
import org.photointerests.support.AppTestRunner
import org.photointerests.support.AppWalk
import org.photointerests.support.PATIENCE_MS
import org.photointerests.support.TestApplication
import org.photointerests.support.TestBundle
import org.photointerests.support.TestDetectors
import org.photointerests.support.TestPacks
import org.photointerests.support.TestSpecies
import org.photointerests.support.TestTexts
import org.robolectric.annotation.Config

/** From the scenes of photos to their search, and off, with the real models and database. */
@OptIn(ExperimentalTestApi::class)
@RunWith(AppTestRunner::class)
@Config(application = TestApplication::class, qualifiers = "w411dp-h800dp-xhdpi")
class AnalyzersWalkTest : AppWalk() {
    @Test
    fun chipOfAScene_searchesForIt() {
        fill()
        runBlocking { container.analyzers.run() }
        open()
        openFirstPhotoOf("outdoors")
        waitFor("Outdoors")
        rule.onNode(hasText("Outdoors") and hasClickAction()).performScrollTo().performClick()
        rule.waitUntilAtLeastOneExists(hasText("Outdoors") and hasSetTextAction(), PATIENCE_MS)
        waitForNamed("Photo 1 of", substring = true)
    }

    @Test
    fun switch_deletesTheScenes_andKeepsThemAway() {
        fill()
        runBlocking { container.analyzers.run() }
        assertTrue(scenes() > 0)
        open()
        openWhatToLookFor()
        waitFor("Scenes")
        rule.onNodeWithText("Scenes").performClick()
        rule.waitUntil(PATIENCE_MS) {
            rule.waitForIdle()
            scenes() == 0
        }
        runBlocking { container.analyzers.run() }
        assertEquals(0, scenes())
    }

    @Test
    fun faces_areSoughtOnceSwitchedOn_haveFrames_andGoWhenSwitchedOff() {
        container.givenAnalyzers[FACES] = TestDetectors.files(FACES)
        fill()
        TestBundle.goldenFeatures().indices.forEach {
            container.source.put(it.toLong(), TestDetectors.picture("three_faces"))
        }
        runBlocking { container.analyzers.run() }
        assertEquals(0, faces())
        open()
        openWhatToLookFor()
        waitFor("Faces")
        rule.onNodeWithText("Faces").performScrollTo().performClick()
        rule.waitUntil(PATIENCE_MS) {
            rule.waitForIdle()
            isOn(FACES)
        }
        runBlocking { container.analyzers.run() }
        assertEquals(3 * TestBundle.goldenFeatures().size, faces())
        closeAnalyzers()
        openFirstPhotoOf("group of people")
        waitFor("Group of people, 3")
        rule.onNodeWithText("Show frames").performScrollTo().performClick().assertIsSelected()
        runBlocking { container.setAnalyzer(FACES, on = false) }
        assertEquals(0, faces())
    }

    @Test
    fun things_areFoundByThemselves_haveAChip_andAreSearchedForByIt() {
        container.givenAnalyzers[OBJECTS] = TestDetectors.files(OBJECTS)
        fill()
        TestBundle.goldenFeatures().indices.forEach {
            container.source.put(it.toLong(), TestDetectors.picture("two_clocks"))
        }
        runBlocking { container.analyzers.run() }
        assertEquals(2 * TestBundle.goldenFeatures().size, found(OBJECTS))
        open()
        openFirstPhotoOf("clocks")
        waitFor("2 clocks")
        waitForNamed("Two clocks", substring = true)
        rule.onNodeWithText("Show frames").performScrollTo().performClick().assertIsSelected()
        rule.onNodeWithText("2 clocks").performScrollTo().performClick()
        rule.waitUntilAtLeastOneExists(hasText("Clock") and hasSetTextAction(), PATIENCE_MS)
        waitForNamed("Photo 1 of", substring = true)
        runBlocking { container.setAnalyzer(OBJECTS, on = false) }
        assertEquals(0, found(OBJECTS))
    }

    @Test
    fun modelOfText_isAdded_itsTextFoundAndShown_andGoesWithIt() {
        val pack = TestTexts.pack()
        container.givenPacks = listOf(TestPacks.known(pack))
        fill()
        TestBundle.goldenFeatures().indices.forEach {
            container.source.put(it.toLong(), TestTexts.picture("German"))
        }
        open()
        openWhatToLookFor()
        waitFor("Needs the file text-1.0.0.pack", substring = true)
        runBlocking { container.addPack { pack.inputStream() } }
        waitFor("added", substring = true)
        assertTrue(isOn(TextAnalyzer.NAME))
        runBlocking { container.analyzers.run() }
        val expected = runBlocking { container.texts.ofPhoto(photoWithText()) }
        assertEquals("Straße für Äpfel & öl", expected.first().text)
        closeAnalyzers()
        openFirstPhotoOf("apfel")
        waitFor("Straße für Äpfel & öl", substring = true)
        runBlocking { container.removePack(TextAnalyzer.NAME) }
        assertEquals(0, runBlocking { container.database.texts().count().first() })
        assertTrue(container.packs.installed.value.isEmpty())
    }

    @Test
    fun modelOfInsects_isAdded_namesThem_andGoesWithAllThatItFound() {
        container.givenPacks = SpeciesPacks.NAMES.map {
            TestPacks.known(TestSpecies.packFile(it), name = it)
        }
        fill()
        TestBundle.goldenFeatures().indices.forEach {
            container.source.put(it.toLong(), TestDetectors.picture("face"))
        }
        open()
        openWhatToLookFor()
        waitFor("Needs the file insects-1.0.0.pack", substring = true)
        // This build finds no birds that could be named.
        rule.onNodeWithText("birds-1.0.0.pack", substring = true).assertDoesNotExist()
        runBlocking { container.addPack { TestSpecies.packFile(INSECTS).inputStream() } }
        waitFor(", added", substring = true)
        runBlocking { container.analyzers.run() }
        assertEquals(TestBundle.goldenFeatures().size, found(INSECTS))
        closeAnalyzers()
        openFirstPhotoOf("drawn animal")
        waitFor(TestSpecies.NAME)
        waitForNamed("${TestSpecies.NAME}, ", substring = true)
        rule.onNodeWithText(TestSpecies.NAME).performScrollTo().performClick()
        val searched = hasText(TestSpecies.NAME) and hasSetTextAction()
        rule.waitUntilAtLeastOneExists(searched, PATIENCE_MS)
        waitForNamed("Photo 1 of", substring = true)
        runBlocking { container.deleteEverything() }
        assertEquals(0, found(INSECTS))
        assertTrue(container.packs.installed.value.isEmpty())
        assertEquals(0L, container.storedBytes().models)
    }

    private fun closeAnalyzers() {
        rule.onNodeWithContentDescription("Back").performClick()
        waitFor("What to look for")
        rule.onNodeWithContentDescription("Back").performClick()
    }

    private fun openFirstPhotoOf(search: String) {
        waitFor("Search your photos")
        rule.onNodeWithText("Search your photos").performClick()
        rule.waitUntilAtLeastOneExists(hasSetTextAction(), PATIENCE_MS)
        rule.onNode(hasSetTextAction()).performTextInput(search)
        waitForNamed("Photo 1 of", substring = true)
        rule.onAllNodesWithContentDescription("Photo 1 of", substring = true).onFirst()
            .performClick()
    }

    /** One of those of which the gate expects text. */
    private fun photoWithText(): PhotoKey = runBlocking {
        TestBundle.goldenFeatures().indices.map(::key)
            .first { container.texts.ofPhoto(it).isNotEmpty() }
    }

    private fun faces() = found(FACES)

    private fun found(detector: String) =
        runBlocking { container.database.detections().count(detector).first() }

    private fun isOn(name: String) = runBlocking {
        container.analyzers.choices.first().first { it.name == name }.on
    }

    private fun scenes() = runBlocking { container.database.scenes().count().first() }
}
