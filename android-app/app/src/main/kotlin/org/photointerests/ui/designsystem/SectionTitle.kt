package org.photointerests.ui.designsystem

import androidx.compose.foundation.layout.padding
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp

/** The title of a part of a screen, which TalkBack can jump to. */
@Composable
fun SectionTitle(text: String, modifier: Modifier = Modifier) = Text(
    text,
    modifier.padding(top = 8.dp).semantics { heading() },
    style = MaterialTheme.typography.titleLarge
)
