package org.photointerests.ui.designsystem

import androidx.activity.BackEventCompat
import androidx.activity.ComponentActivity
import androidx.activity.OnBackPressedDispatcher
import androidx.compose.runtime.State
import androidx.compose.ui.test.junit4.v2.createAndroidComposeRule
import org.junit.Assert.assertEquals
import org.junit.Before
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.support.AppTestRunner
import org.photointerests.support.TestApplication
import org.robolectric.annotation.Config

/** A place's own way back follows the finger, and goes back once it is lifted. */
@RunWith(AppTestRunner::class)
@Config(application = TestApplication::class)
class BackProgressTest {
    @get:Rule val rule = createAndroidComposeRule<ComponentActivity>()
    private lateinit var progress: State<Float>
    private var wentBack = 0

    @Before
    fun show() = rule.setContent { progress = backProgress(true) { wentBack++ } }

    @Test
    fun gesture_isFollowed_andForgottenWhereItIsCancelled() {
        begin()
        assertEquals(0.6f, progress.value, 0.001f)
        dispatch { dispatchOnBackCancelled() }
        assertEquals(0f, progress.value, 0.001f)
        assertEquals(0, wentBack)
    }

    @Test
    fun gesture_goesBackOnceWhereItIsCompleted() {
        begin()
        assertEquals(0, wentBack)
        dispatch { onBackPressed() }
        assertEquals(1, wentBack)
        assertEquals(0f, progress.value, 0.001f)
    }

    /** As of the three buttons. */
    @Test
    fun button_goesBackAtOnce() {
        dispatch { onBackPressed() }
        assertEquals(1, wentBack)
    }

    private fun begin() {
        dispatch { dispatchOnBackStarted(event(0f)) }
        dispatch { dispatchOnBackProgressed(event(0.6f)) }
    }

    private fun event(progress: Float) =
        BackEventCompat(0f, 400f, progress, BackEventCompat.EDGE_LEFT)

    private fun dispatch(action: OnBackPressedDispatcher.() -> Unit) {
        rule.runOnUiThread { rule.activity.onBackPressedDispatcher.action() }
        rule.waitForIdle()
    }
}
