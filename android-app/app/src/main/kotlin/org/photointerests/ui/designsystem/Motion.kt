package org.photointerests.ui.designsystem

import androidx.compose.animation.EnterTransition
import androidx.compose.animation.ExitTransition
import androidx.compose.animation.core.FastOutLinearInEasing
import androidx.compose.animation.core.LinearOutSlowInEasing
import androidx.compose.animation.core.tween
import androidx.compose.animation.fadeIn
import androidx.compose.animation.fadeOut
import androidx.compose.animation.scaleIn
import androidx.compose.animation.slideInHorizontally
import androidx.compose.animation.slideOutHorizontally

private const val OUT_MS = 90
private const val IN_MS = 210
private const val SMALLER = 0.92f
private const val PART = 12

/**
 * How screens follow each other, as Material moves them: places of the navigation bar fade through,
 * screens that lead on and back pass along one axis. With "Remove animations" nothing moves.
 */
internal object Motion {
    private fun <T> leave() = tween<T>(OUT_MS, easing = FastOutLinearInEasing)

    private fun <T> enter() = tween<T>(IN_MS, delayMillis = OUT_MS, easing = LinearOutSlowInEasing)

    /** Between places that are beside each other. */
    val fadeThroughIn: EnterTransition = fadeIn(enter()) + scaleIn(enter(), SMALLER)
    val fadeOut: ExitTransition = fadeOut(leave())

    /** Onwards, from the end of the line of text; or back, from its start. */
    fun axisIn(isOnwards: Boolean, isRightToLeft: Boolean): EnterTransition = fadeIn(enter()) +
        slideInHorizontally(enter()) { side(isOnwards, isRightToLeft) * it / PART }

    /** The screen that makes room for it. */
    fun axisOut(isOnwards: Boolean, isRightToLeft: Boolean): ExitTransition = fadeOut(leave()) +
        slideOutHorizontally(leave()) { -side(isOnwards, isRightToLeft) * it / PART }

    private fun side(isOnwards: Boolean, isRightToLeft: Boolean) =
        if (isOnwards != isRightToLeft) 1 else -1
}
