package org.photointerests.ui.designsystem

import androidx.compose.material3.Text
import androidx.compose.ui.MotionDurationScale
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.junit4.v2.createComposeRule
import androidx.compose.ui.test.onNodeWithText
import androidx.navigation.NavHostController
import androidx.navigation.compose.NavHost
import androidx.navigation.compose.composable
import androidx.navigation.compose.rememberNavController
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.support.AppTestRunner
import org.photointerests.support.TestApplication
import org.robolectric.annotation.Config

// Fewer than a transition has, and enough for what is composed anew.
private const val FRAMES = 8

/** Screens that follow each other, with animations and without. */
@OptIn(ExperimentalTestApi::class)
@RunWith(AppTestRunner::class)
@Config(application = TestApplication::class)
class MotionTest {
    private val duration = object : MotionDurationScale {
        override var scaleFactor = 1f
    }

    @get:Rule val rule = createComposeRule(duration)
    private lateinit var controller: NavHostController

    @Test
    fun screens_passEachOther() {
        openSecond()
        rule.onNodeWithText("second").assertExists()
        rule.onNodeWithText("first").assertExists()
        rule.mainClock.autoAdvance = true
        rule.waitForIdle()
        rule.onNodeWithText("first").assertDoesNotExist()
    }

    /** What the system's "Remove animations" sets. */
    @Test
    fun screens_withoutAnimations_areThereAtOnce() {
        duration.scaleFactor = 0f
        openSecond()
        rule.onNodeWithText("second").assertExists()
        rule.onNodeWithText("first").assertDoesNotExist()
    }

    /** As far as a few frames take it. */
    private fun openSecond() {
        rule.setContent {
            controller = rememberNavController()
            NavHost(
                controller,
                "first",
                enterTransition = { Motion.axisIn(isOnwards = true, isRightToLeft = false) },
                exitTransition = { Motion.axisOut(isOnwards = true, isRightToLeft = false) }
            ) {
                composable("first") { Text("first") }
                composable("second") { Text("second") }
            }
        }
        rule.waitForIdle()
        rule.mainClock.autoAdvance = false
        rule.runOnUiThread { controller.navigate("second") }
        repeat(FRAMES) { rule.mainClock.advanceTimeByFrame() }
    }
}
