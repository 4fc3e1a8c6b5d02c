package org.photointerests.ui.places

import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import kotlinx.coroutines.runBlocking
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.pipeline.analysis.places.PlaceAnalyzer
import org.photointerests.pipeline.media.GeoLocation
import org.photointerests.support.AppTestRunner
import org.photointerests.support.AppWalk
import org.photointerests.support.FakePositions
import org.photointerests.support.TestApplication
import org.photointerests.support.TestBundle
import org.photointerests.support.TestPlaces
import org.robolectric.annotation.Config

private val MADRID = GeoLocation(40.4169, -3.7035)
private val MUNICH = GeoLocation(48.1374, 11.5755)

/** From the library to the photos of a town, with a small list of places and a real database. */
@OptIn(ExperimentalTestApi::class)
@RunWith(AppTestRunner::class)
@Config(application = TestApplication::class, qualifiers = "w411dp-h800dp-xhdpi")
class PlacesWalkTest : AppWalk() {
    @Test
    fun townsAndCountries_leadToTheirPhotos() {
        findPlaces()
        openPlaces()
        waitFor("Munich")
        rule.onNodeWithText("Munich").performClick()
        waitFor("Munich, Germany")
        waitForNamed("Photo 1 of 1")
        rule.onNodeWithContentDescription("Photo 1 of 1").performClick()
        waitForNamed("Share photo")
        rule.onNodeWithContentDescription("Back").performClick()
        waitFor("Munich, Germany")
        rule.onNodeWithContentDescription("Back").performClick()
        waitFor("Spain")
        rule.onNodeWithText("Spain").performClick()
        waitForNamed("Photo 1 of 2")
        rule.onNodeWithContentDescription("Photo 2 of 2").performClick()
        // Those of the country are there to swipe through.
        waitForNamed("Share photo")
        waitForNamed("Photo 2 of 2", substring = true)
    }

    @Test
    fun withoutPlaces_thePageSaysWhy_andLeadsToTheSwitch() {
        container.givenAnalyzers[PlaceAnalyzer.NAME] = TestPlaces.files()
        fill()
        openPlaces()
        waitFor("No places yet")
        rule.onNodeWithText("What to look for").performClick()
        waitFor("The town and country", substring = true)
    }

    private fun findPlaces() {
        container.givenAnalyzers[PlaceAnalyzer.NAME] = TestPlaces.files()
        val none = TestBundle.goldenFeatures().indices.associate { key(it) to null as GeoLocation? }
        val known = mapOf(key(0) to MADRID, key(1) to MUNICH, key(2) to MADRID)
        container.givenPositions = FakePositions((none + known).toMutableMap())
        fill()
        runBlocking { container.analyzers.run() }
    }

    private fun openPlaces() {
        open()
        waitFor("Library")
        rule.onNodeWithText("Library").performClick()
        waitFor("Where photos were taken")
        rule.onNodeWithText("Where photos were taken").performScrollTo().performClick()
    }
}
