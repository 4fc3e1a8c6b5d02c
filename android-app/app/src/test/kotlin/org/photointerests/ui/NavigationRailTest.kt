package org.photointerests.ui

import androidx.compose.foundation.layout.Box
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.test.getBoundsInRoot
import androidx.compose.ui.test.junit4.v2.createComposeRule
import androidx.compose.ui.test.onNodeWithTag
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.unit.dp
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.support.AppTestRunner
import org.photointerests.support.TABLET
import org.photointerests.support.TestApplication
import org.photointerests.ui.designsystem.PhotoInterestsTheme
import org.robolectric.annotation.Config

private const val CONTENT = "content"
private val MARGIN = 4.dp

/** The navigation beside the content in wide windows. */
@RunWith(AppTestRunner::class)
@Config(application = TestApplication::class, qualifiers = TABLET)
class NavigationRailTest {
    @get:Rule val rule = createComposeRule()

    @Test
    fun labels_keepAwayFromTheEdges() = assertLabelsFit("Interests", "Timeline", "Library")

    @Test
    @Config(fontScale = 2f)
    fun labels_largeFont_keepAwayFromTheEdges() =
        assertLabelsFit("Interests", "Timeline", "Library")

    @Test
    @Config(qualifiers = "de-$TABLET", fontScale = 2f)
    fun labels_largeFontInGerman_keepAwayFromTheEdges() =
        assertLabelsFit("Interessen", "Zeitleiste", "Bibliothek")

    private fun assertLabelsFit(vararg labels: String) {
        rule.setContent {
            PhotoInterestsTheme {
                WithNavigation(TopLevelDestination.INTERESTS, {}) { Box(it.testTag(CONTENT)) }
            }
        }
        val rail = rule.onNodeWithTag(CONTENT).getBoundsInRoot().left
        for (label in labels) {
            val bounds = rule.onNodeWithText(label, useUnmergedTree = true).getBoundsInRoot()
            assertTrue("$label: $bounds of $rail", bounds.left >= MARGIN)
            assertTrue("$label: $bounds of $rail", bounds.right <= rail - MARGIN)
        }
    }
}
