package org.photointerests.ui

import androidx.compose.foundation.layout.Box
import androidx.compose.runtime.Composable
import androidx.compose.ui.test.junit4.v2.createComposeRule
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.core.PhotoKey
import org.photointerests.pipeline.scan.ScanState
import org.photointerests.support.AppTestRunner
import org.photointerests.support.Samples
import org.photointerests.support.SearchSamples
import org.photointerests.support.ShownPhotos
import org.photointerests.support.TalkBack
import org.photointerests.support.TestApplication
import org.photointerests.ui.designsystem.PhotoInterestsTheme
import org.photointerests.ui.interest.InterestActions
import org.photointerests.ui.interest.InterestScreen
import org.photointerests.ui.interest.InterestState
import org.photointerests.ui.interests.InterestsActions
import org.photointerests.ui.interests.InterestsScreen
import org.photointerests.ui.interests.InterestsSlots
import org.photointerests.ui.interests.ScanLine
import org.photointerests.ui.photo.PhotoActions
import org.photointerests.ui.photo.PhotoScreen
import org.robolectric.annotation.Config

/** In which order TalkBack reads a screen, from its first swipe on. */
@RunWith(AppTestRunner::class)
@Config(application = TestApplication::class, qualifiers = "w411dp-h891dp-xhdpi")
class ReadingOrderTest {
    @get:Rule val rule = createComposeRule()

    @get:Rule val photos = ShownPhotos()

    @get:Rule val talkBack = TalkBack()

    @Test
    fun home_isReadFromItsTitleToTheNavigation() {
        show { Home() }
        assertRead(
            "Interests",
            "Settings",
            "Search your photos",
            "You're up to date",
            "New this month",
            ", New",
            "Your interests",
            "48 photos, 5 months",
            "351 photos, 14 months",
            "120 photos, 9 months",
            "Timeline",
            "Library"
        )
    }

    @Test
    @Config(fontScale = 2f)
    fun home_largeFont_isReadInTheSameOrder() {
        show { Home() }
        assertRead("Interests", "Settings", "Search your photos", "You're up to date", "Timeline")
    }

    @Test
    fun interest_isReadFromTheWayBackToItsPhotos() {
        show {
            val state = InterestState(Samples.detail(), months = Samples.monthly())
            InterestScreen(state, InterestActions())
        }
        assertRead(
            "Back",
            Samples.detail().category.names.getValue("en"),
            "Pin",
            "Hide",
            "351 photos, 14 months",
            "Why?",
            "Photo 1 of 351",
            "Photo 2 of 351",
            "Photo 3 of 351"
        )
    }

    @Test
    fun photo_isReadFromTheWayBackToSimilarPhotos() {
        show {
            val first = PhotoKey("external_primary", 0)
            PhotoScreen(SearchSamples.viewer(), first, PhotoActions())
        }
        assertRead(
            "Back",
            "Open in gallery",
            "Share photo",
            "2026",
            "98%",
            "Similar photos",
            "Similar photo 1 of 8"
        )
        val read = talkBack.order(rule)
        assertTrue("$read", read.any { "Photo 1 of 12" in it })
    }

    @Composable
    private fun Home() = WithNavigation(TopLevelDestination.INTERESTS, {}) { modifier ->
        val slots = InterestsSlots { ScanLine(ScanState.Idle, it) {} }
        Box(modifier) { InterestsScreen(Samples.shown(), InterestsActions(), slots = slots) }
    }

    private fun show(content: @Composable () -> Unit) {
        rule.setContent { PhotoInterestsTheme { content() } }
        photos.waitUntilLoaded(rule)
    }

    /** Fails unless these parts of what is read come one after the other. */
    private fun assertRead(vararg parts: String) {
        val read = talkBack.order(rule)
        var place = -1
        val found = parts.filter { part ->
            val at = read.withIndex().firstOrNull { it.index > place && part in it.value }?.index
            if (at != null) place = at
            at != null
        }
        assertEquals("$read", parts.toList(), found)
    }
}
