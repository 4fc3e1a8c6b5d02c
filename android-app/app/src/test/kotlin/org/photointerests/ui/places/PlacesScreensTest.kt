package org.photointerests.ui.places

import androidx.compose.runtime.Composable
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.core.PhotoKey
import org.photointerests.pipeline.analysis.places.PlaceChoice
import org.photointerests.support.AppTestRunner
import org.photointerests.support.PHONE
import org.photointerests.support.Samples
import org.photointerests.support.ScreenPictures
import org.photointerests.support.TABLET
import org.photointerests.support.TestApplication
import org.robolectric.annotation.Config

/** Pictures of the towns and countries of photos; compared with the committed ones. */
@RunWith(AppTestRunner::class)
@Config(application = TestApplication::class, qualifiers = PHONE)
class PlacesScreensTest : ScreenPictures() {
    @Test fun places() = shoot("places") { Places() }

    @Test fun places_dark() = shoot("places-dark", dark = true) { Places() }

    @Test
    @Config(qualifiers = "de-$PHONE")
    fun places_german() = shoot("places-german") { Places() }

    @Test
    @Config(fontScale = 2f)
    fun places_largeFont() = shoot("places-large-font") { Places() }

    @Test
    @Config(qualifiers = "ar-ldrtl-$PHONE")
    fun places_rightToLeft() = shoot("places-right-to-left") { Places() }

    @Test
    @Config(qualifiers = TABLET)
    fun places_tablet() = shoot("places-tablet") { Places() }

    @Test fun places_none() = shoot("places-none") { PlacesScreen(emptyList(), PlacesActions()) }

    @Test fun place() = shoot("place") {
        val town = Samples.countries().first().towns.first()
        val photos = List(24) { PhotoKey("external_primary", it.toLong()) }
        PlaceScreen(PlaceState(listOf(town), photos), PlaceChoice.Town(1), PlaceActions())
    }

    @Composable
    private fun Places() = PlacesScreen(Samples.countries(), PlacesActions())
}
