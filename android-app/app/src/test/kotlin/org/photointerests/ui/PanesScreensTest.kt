package org.photointerests.ui

import androidx.compose.foundation.layout.Box
import androidx.compose.runtime.Composable
import java.time.YearMonth
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.pipeline.scan.ScanState
import org.photointerests.support.AppTestRunner
import org.photointerests.support.LANDSCAPE
import org.photointerests.support.Samples
import org.photointerests.support.ScreenPictures
import org.photointerests.support.TABLET
import org.photointerests.support.TestApplication
import org.photointerests.ui.albums.AlbumsScreen
import org.photointerests.ui.designsystem.ListDetail
import org.photointerests.ui.designsystem.rememberListDetailState
import org.photointerests.ui.interest.InterestActions
import org.photointerests.ui.interest.InterestScreen
import org.photointerests.ui.interest.InterestState
import org.photointerests.ui.interests.InterestsActions
import org.photointerests.ui.interests.InterestsScreen
import org.photointerests.ui.interests.InterestsSlots
import org.photointerests.ui.interests.ScanLine
import org.photointerests.ui.library.LibraryActions
import org.photointerests.ui.library.LibraryPage
import org.photointerests.ui.library.LibraryScreen
import org.photointerests.ui.month.MonthScreen
import org.photointerests.ui.suggestions.SuggestionsTeaser
import org.photointerests.ui.timeline.TimelineScreen
import org.robolectric.annotation.Config

private const val WIDER = "w1280dp-h800dp-land-hdpi"

/** Pictures of lists with a page beside them, compared with the committed ones. */
@RunWith(AppTestRunner::class)
@Config(application = TestApplication::class, qualifiers = TABLET)
class PanesScreensTest : ScreenPictures() {
    @Test fun interests() = shoot("interests-tablet") { Interests() }

    @Test fun interests_dark() = shoot("interests-tablet-dark", dark = true) { Interests() }

    @Test
    @Config(fontScale = 2f)
    fun interests_largeFont() = shoot("interests-tablet-large-font") { Interests() }

    @Test
    @Config(qualifiers = "ar-ldrtl-$TABLET")
    fun interests_rightToLeft() = shoot("interests-tablet-right-to-left") { Interests() }

    @Test
    @Config(qualifiers = LANDSCAPE)
    fun interests_landscape() = shoot("interests-landscape") { Interests() }

    @Test
    @Config(qualifiers = WIDER)
    fun interests_wide() = shoot("interests-wide") { Interests() }

    @Test fun timeline() = shoot("timeline-tablet") { Timeline() }

    @Test
    @Config(qualifiers = "de-$WIDER")
    fun timeline_german() = shoot("timeline-wide-german") { Timeline() }

    @Test fun library() = shoot("library-tablet") { Library() }

    @Test
    @Config(fontScale = 2f)
    fun library_largeFont() = shoot("library-tablet-large-font") { Library() }

    @Composable
    private fun Library() = WithNavigation(TopLevelDestination.LIBRARY, {}) { modifier ->
        Box(modifier) {
            ListDetail(
                rememberListDetailState(hasPages = true),
                LibraryPage.Albums.key,
                list = {
                    LibraryScreen(
                        Samples.library,
                        LibraryActions(),
                        hasPlaces = true,
                        chosen = LibraryPage.Albums
                    )
                },
                page = { AlbumsScreen(Samples.albums, { _, _ -> }, onBack = null) }
            )
        }
    }

    @Composable
    private fun Interests() = WithNavigation(TopLevelDestination.INTERESTS, {}) { modifier ->
        val chosen = Samples.detail().category.id
        val slots = InterestsSlots(suggestions = { SuggestionsTeaser(Samples.products()) {} }) {
            ScanLine(ScanState.Idle, it) {}
        }
        Box(modifier) {
            ListDetail(
                rememberListDetailState(hasPages = true),
                chosen,
                list = {
                    val actions = InterestsActions()
                    InterestsScreen(Samples.shown(), actions, chosen = chosen, slots = slots)
                },
                page = {
                    val state = InterestState(Samples.detail(), months = Samples.monthly())
                    InterestScreen(state, InterestActions(back = null))
                }
            )
        }
    }

    @Composable
    private fun Timeline() = WithNavigation(TopLevelDestination.TIMELINE, {}) { modifier ->
        val month = Samples.month().copy(month = Samples.timeline()[2].month)
        Box(modifier) {
            ListDetail(
                rememberListDetailState(hasPages = true),
                "${month.month}",
                list = {
                    TimelineScreen(Samples.timeline(), Samples.trips(), {}, chosen = month.month) {}
                },
                page = { MonthScreen(YearMonth.parse(it), month, null) {} }
            )
        }
    }
}
