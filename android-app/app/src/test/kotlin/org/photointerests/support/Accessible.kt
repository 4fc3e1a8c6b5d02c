package org.photointerests.support

import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getOrNull
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.junit4.ComposeTestRule
import androidx.compose.ui.unit.dp
import org.junit.Assert.assertTrue

private val FINGER = 48.dp

/** Fails where something to press has no name for TalkBack, or is smaller than a finger. */
fun ComposeTestRule.assertAccessible() {
    // A pixel is lost to rounding.
    val least = with(density) { FINGER.toPx() } - 1
    for (node in onAllNodes(hasClickAction()).fetchSemanticsNodes()) {
        assertTrue("nothing to read aloud: ${node.config}", node.spoken().any { it.isNotBlank() })
        val touch = node.touchBoundsInRoot
        // What is scrolled half out of sight is as large as it is laid out.
        val width = maxOf(touch.width, node.size.width.toFloat())
        val height = maxOf(touch.height, node.size.height.toFloat())
        assertTrue("$width x $height: ${node.spoken()}", minOf(width, height) >= least)
    }
}

/** What TalkBack reads of a node. */
internal fun SemanticsNode.spoken(): List<String> =
    config.getOrNull(SemanticsProperties.ContentDescription).orEmpty() +
        config.getOrNull(SemanticsProperties.Text).orEmpty().map { it.text } +
        listOfNotNull(config.getOrNull(SemanticsProperties.EditableText)?.text)
