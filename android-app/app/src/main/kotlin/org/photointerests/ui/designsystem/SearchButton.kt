package org.photointerests.ui.designsystem

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.material3.Icon
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.painterResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import org.photointerests.R

/** Looks like a field to search in, and opens the screen that has one. */
@Composable
fun SearchButton(onClick: () -> Unit) = Surface(
    onClick,
    Modifier.fillMaxWidth(),
    shape = CircleShape,
    color = MaterialTheme.colorScheme.surfaceContainerHigh
) {
    Row(
        Modifier.heightIn(min = 56.dp).padding(horizontal = 16.dp),
        Arrangement.spacedBy(12.dp),
        Alignment.CenterVertically
    ) {
        val color = MaterialTheme.colorScheme.onSurfaceVariant
        Icon(painterResource(R.drawable.ic_search), null, tint = color)
        Text(
            stringResource(R.string.search_hint),
            style = MaterialTheme.typography.bodyLarge,
            color = color
        )
    }
}
