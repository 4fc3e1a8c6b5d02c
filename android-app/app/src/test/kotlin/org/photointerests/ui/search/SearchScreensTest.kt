package org.photointerests.ui.search

import androidx.compose.runtime.Composable
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.core.PhotoKey
import org.photointerests.insights.interests.ImportProblem
import org.photointerests.insights.interests.ImportedChoices
import org.photointerests.pipeline.decode.PhotoProblem
import org.photointerests.support.AppTestRunner
import org.photointerests.support.LANDSCAPE
import org.photointerests.support.PHONE
import org.photointerests.support.Samples
import org.photointerests.support.ScreenPictures
import org.photointerests.support.SearchSamples
import org.photointerests.support.TABLET
import org.photointerests.support.TestApplication
import org.photointerests.ui.photo.PhotoActions
import org.photointerests.ui.photo.PhotoScreen
import org.photointerests.ui.photo.ViewerState
import org.photointerests.ui.transfer.TransferActions
import org.photointerests.ui.transfer.TransferScreen
import org.photointerests.ui.transfer.TransferState
import org.robolectric.annotation.Config

/** Pictures of searches, and of photos one at a time; compared with the committed ones. */
@RunWith(AppTestRunner::class)
@Config(application = TestApplication::class, qualifiers = PHONE)
class SearchScreensTest : ScreenPictures() {
    @Test fun search() = shoot("search") { Search("", SearchSamples.start()) }

    @Test fun search_places() = shoot("search-places") { Search("", SearchSamples.places()) }

    @Test fun search_dark() = shoot("search-dark", dark = true) {
        Search("", SearchSamples.start())
    }

    @Test
    @Config(fontScale = 2f)
    fun search_largeFont() = shoot("search-large-font") { Search("", SearchSamples.start()) }

    @Test
    @Config(qualifiers = "de-$PHONE")
    fun search_german() = shoot("search-german") { Search("", SearchSamples.start()) }

    @Test
    @Config(qualifiers = TABLET)
    fun search_tablet() = shoot("search-tablet") { Search("", SearchSamples.start()) }

    @Test fun photo_text() = shoot(
        "photo-text",
        content = {
            val sign = Samples.sign()
            PhotoScreen(ViewerState(listOf(sign.key), sign), sign.key, PhotoActions())
        }
    ) { rule.onNodeWithText("Text").performScrollTo() }

    @Test
    @Config(qualifiers = "de-$PHONE")
    fun photo_species_german() = shoot("photo-species-german") {
        val butterfly = Samples.butterfly()
        val actions = PhotoActions()
        PhotoScreen(ViewerState(listOf(butterfly.key), butterfly), butterfly.key, actions)
    }

    @Test fun photo_frames() = shoot(
        "photo-frames",
        content = {
            val pair = Samples.pair()
            PhotoScreen(ViewerState(listOf(pair.key), pair), pair.key, PhotoActions())
        }
    ) { rule.onNodeWithText("Show frames").performClick() }

    @Test fun search_notScanned() = shoot(
        "search-not-scanned"
    ) { Search("", SearchSamples.notScanned()) }

    @Test fun results() = shoot("search-results") { Search("flo", SearchSamples.results()) }

    @Test fun results_dark() =
        shoot("search-results-dark", dark = true) { Search("flo", SearchSamples.results()) }

    @Test
    @Config(fontScale = 2f)
    fun results_largeFont() =
        shoot("search-results-large-font") { Search("flo", SearchSamples.results()) }

    @Test
    @Config(qualifiers = "de-$PHONE")
    fun results_german() = shoot("search-results-german") { Search("blu", SearchSamples.results()) }

    @Test
    @Config(qualifiers = TABLET)
    fun results_tablet() = shoot("search-results-tablet") { Search("flo", SearchSamples.results()) }

    @Test
    @Config(qualifiers = "ar-ldrtl-$PHONE")
    fun results_rightToLeft() =
        shoot("search-results-right-to-left") { Search("flo", SearchSamples.results()) }

    @Test fun results_corrected() = shoot("search-corrected") {
        Search("flwoers august", SearchSamples.corrected())
    }

    @Test fun results_none() = shoot(
        "search-none"
    ) { Search("submarine races", SearchSamples.nothing()) }

    @Test fun photo_placeHidden() = shoot("photo-place-hidden") {
        Photo(
            SearchSamples.viewer(
                Samples.photo().copy(location = null, place = null, placeHidden = true)
            )
        )
    }

    @Test
    fun photo() {
        shoot("photo") { Photo(SearchSamples.viewer()) }
        // What TalkBack says of it.
        val sentence = "In a botanical garden, Helgoland, Germany, August 2026"
        rule.onNode(hasContentDescription("Photo 1 of 12. $sentence")).assertIsDisplayed()
    }

    @Test fun photo_dark() = shoot("photo-dark", dark = true) { Photo(SearchSamples.viewer()) }

    @Test
    @Config(fontScale = 2f)
    fun photo_largeFont() = shoot("photo-large-font") { Photo(SearchSamples.viewer()) }

    @Test
    @Config(qualifiers = "de-$PHONE")
    fun photo_german() = shoot("photo-german") { Photo(SearchSamples.viewer()) }

    @Test
    @Config(qualifiers = TABLET)
    fun photo_tablet() = shoot("photo-tablet") { Photo(SearchSamples.viewer()) }

    @Test
    @Config(qualifiers = LANDSCAPE)
    fun photo_landscape() = shoot("photo-landscape") { Photo(SearchSamples.viewer()) }

    @Test fun photo_favourite() = shoot("photo-favourite") {
        Photo(SearchSamples.viewer(Samples.photo().copy(favourite = true)))
    }

    @Test fun photo_nothing() =
        shoot("photo-nothing") { Photo(SearchSamples.viewer(Samples.dullPhoto())) }

    @Test fun photo_notScanned() = shoot("photo-not-scanned") {
        val unread = Samples.photo().copy(findings = null, problem = PhotoProblem.UNREADABLE)
        Photo(SearchSamples.viewer(unread))
    }

    @Test fun transfer() = shoot("transfer") { Transfer(TransferState.Idle) }

    @Test
    @Config(qualifiers = "de-$PHONE")
    fun transfer_german() = shoot("transfer-german") { Transfer(imported) }

    @Test
    @Config(fontScale = 2f)
    fun transfer_largeFont() = shoot("transfer-large-font") { Transfer(imported) }

    @Test
    fun transfer_refused_dark() = shoot("transfer-refused-dark", dark = true) {
        Transfer(TransferState.Refused(ImportProblem.OTHER_BUNDLE))
    }

    private val imported = TransferState.Imported(ImportedChoices(3, 1, 0))

    @Composable
    private fun Transfer(state: TransferState) = TransferScreen(state, TransferActions())

    @Composable
    private fun Search(query: String, state: SearchState) =
        SearchScreen(query, state, SearchActions())

    @Composable
    private fun Photo(state: ViewerState) =
        PhotoScreen(state, PhotoKey("external_primary", 0), PhotoActions())
}
