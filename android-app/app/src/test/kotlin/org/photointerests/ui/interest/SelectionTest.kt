package org.photointerests.ui.interest

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasScrollToNodeAction
import androidx.compose.ui.test.junit4.v2.createComposeRule
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.performScrollToNode
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.support.AppTestRunner
import org.photointerests.support.Samples
import org.photointerests.support.ShownPhotos
import org.photointerests.support.TestApplication
import org.photointerests.ui.designsystem.PhotoInterestsTheme
import org.robolectric.annotation.Config

/** Photos that are selected far down in the grid stay in sight. */
@RunWith(AppTestRunner::class)
@Config(application = TestApplication::class, qualifiers = "w411dp-h891dp-xhdpi")
class SelectionTest {
    @get:Rule val rule = createComposeRule()

    @get:Rule val photos = ShownPhotos()

    @Test
    fun selecting_andNoLonger_keepsThePlaceInTheGrid() {
        val name = "Photo 58 of 351"
        var state by mutableStateOf(InterestState(Samples.detail(), months = Samples.monthly()))
        rule.setContent { PhotoInterestsTheme { InterestScreen(state, InterestActions()) } }
        rule.onNode(hasScrollToNodeAction()).performScrollToNode(hasContentDescription(name))
        state = state.copy(selected = setOf(Samples.detail().photos[57]))
        rule.onNodeWithContentDescription(name).assertIsDisplayed()
        state = state.copy(selected = emptySet())
        rule.onNodeWithContentDescription(name).assertIsDisplayed()
    }
}
