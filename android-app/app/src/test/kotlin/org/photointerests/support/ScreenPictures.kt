package org.photointerests.support

import androidx.compose.material3.Surface
import androidx.compose.runtime.Composable
import androidx.compose.ui.test.junit4.v2.createComposeRule
import androidx.compose.ui.test.onRoot
import org.junit.Rule
import org.photointerests.ui.designsystem.PhotoInterestsTheme

const val PHONE = "w411dp-h891dp-xhdpi"
const val LANDSCAPE = "w891dp-h411dp-land-xhdpi"
const val TABLET = "w900dp-h1200dp-hdpi"

/** A test that compares screens, over drawn photos, with their committed pictures. */
abstract class ScreenPictures {
    @get:Rule val rule = createComposeRule()

    @get:Rule val photos = ShownPhotos()

    protected fun shoot(name: String, dark: Boolean = false, content: @Composable () -> Unit) =
        shoot(name, dark, content) {}

    /** The picture of what is there after [action]. */
    protected fun shoot(
        name: String,
        dark: Boolean = false,
        content: @Composable () -> Unit,
        action: () -> Unit
    ) {
        rule.setContent {
            PhotoInterestsTheme(darkTheme = dark, dynamic = false) { Surface { content() } }
        }
        photos.waitUntilLoaded(rule)
        action()
        photos.waitUntilLoaded(rule)
        rule.assertAccessible()
        rule.onRoot().compareScreen(name)
    }
}
