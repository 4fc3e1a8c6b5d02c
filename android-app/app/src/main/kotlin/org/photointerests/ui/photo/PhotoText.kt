package org.photointerests.ui.photo

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.text.selection.SelectionContainer
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.pipeline.analysis.text.TextLine

/** What is written on a photo, to read and to select. */
@Composable
internal fun PhotoText(lines: List<TextLine>, modifier: Modifier) = Column(
    modifier,
    Arrangement.spacedBy(4.dp)
) {
    Text(
        stringResource(R.string.analyzer_text),
        Modifier.padding(top = 4.dp).semantics { heading() },
        style = MaterialTheme.typography.titleSmall
    )
    SelectionContainer {
        Text(
            lines.joinToString("\n") { it.text },
            style = MaterialTheme.typography.bodyMedium
        )
    }
}
