package org.photointerests.ui.designsystem

import androidx.compose.foundation.BorderStroke
import androidx.compose.foundation.border
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Shape
import androidx.compose.ui.semantics.selected
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp

private val WIDTH = 4.dp

/** A frame around what the page beside it is of, which TalkBack calls selected. */
@Composable
internal fun Modifier.chosen(isChosen: Boolean, shape: Shape): Modifier = if (isChosen) {
    border(BorderStroke(WIDTH, MaterialTheme.colorScheme.primary), shape)
        .semantics { selected = true }
} else {
    this
}
