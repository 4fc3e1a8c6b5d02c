package org.photointerests.ui.designsystem

import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.size
import androidx.compose.ui.Modifier
import androidx.compose.ui.MotionDurationScale
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.junit4.v2.createComposeRule
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.unit.dp
import androidx.navigation.NavHostController
import androidx.navigation.compose.NavHost
import androidx.navigation.compose.composable
import androidx.navigation.compose.rememberNavController
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.core.PhotoKey
import org.photointerests.support.AppTestRunner
import org.photointerests.support.ShownPhotos
import org.photointerests.support.TestApplication
import org.photointerests.ui.interest.SelectablePhoto
import org.photointerests.ui.photo.ZoomablePhoto
import org.robolectric.annotation.Config

private val TILE = 100.dp
private val WINDOW = 400.dp

// Fewer than a transition has, and enough for what is composed anew.
private const val FRAMES = 8

/** A photo that grows out of its tile, with animations and without. */
@OptIn(ExperimentalTestApi::class)
@RunWith(AppTestRunner::class)
@Config(application = TestApplication::class, qualifiers = "w411dp-h800dp-mdpi")
class SharedPhotosTest {
    private val duration = object : MotionDurationScale {
        override var scaleFactor = 1f
    }

    @get:Rule val rule = createComposeRule(duration)

    @get:Rule val photos = ShownPhotos()
    private val key = PhotoKey("external_primary", 1)
    private lateinit var controller: NavHostController

    @Before
    fun show() {
        rule.setContent {
            controller = rememberNavController()
            SharedPhotos(Modifier.size(WINDOW)) {
                NavHost(controller, "tiles", Modifier.fillMaxSize()) {
                    composable("tiles") {
                        SharingScreen(this) {
                            // A screen fills its place, whatever is on it.
                            Box(Modifier.fillMaxSize()) {
                                Box(Modifier.size(TILE)) {
                                    SelectablePhoto(key, "tile", null, {}, {})
                                }
                            }
                        }
                    }
                    composable("photo") {
                        SharingScreen(this) { ZoomablePhoto(key, "photo", true, {}) }
                    }
                }
            }
        }
        photos.waitUntilLoaded(rule)
    }

    @Test
    fun photo_growsOutOfItsTile() {
        moveOn { controller.navigate("photo") }
        assertBetween(width("photo"))
        finish()
        assertEquals(WINDOW.value, width("photo"), 1f)
        moveOn { controller.popBackStack() }
        finish()
        assertEquals(TILE.value, width("tile"), 1f)
    }

    /** What the system's "Remove animations" sets. */
    @Test
    fun photo_withoutAnimations_isThereAtOnce() {
        duration.scaleFactor = 0f
        moveOn { controller.navigate("photo") }
        assertEquals(WINDOW.value, width("photo"), 1f)
        rule.onNodeWithContentDescription("tile").assertDoesNotExist()
        moveOn { controller.popBackStack() }
        assertEquals(TILE.value, width("tile"), 1f)
    }

    private fun assertBetween(width: Float) =
        assertTrue("$width", width > TILE.value + 1 && width < WINDOW.value - 1)

    /** In dp, which are pixels here. */
    private fun width(name: String) =
        rule.onNodeWithContentDescription(name, useUnmergedTree = true).fetchSemanticsNode()
            .boundsInRoot.width

    /** As far as a few frames take it. */
    private fun moveOn(action: () -> Unit) {
        rule.mainClock.autoAdvance = false
        rule.runOnUiThread { action() }
        repeat(FRAMES) { rule.mainClock.advanceTimeByFrame() }
    }

    private fun finish() {
        rule.mainClock.autoAdvance = true
        rule.waitForIdle()
    }
}
