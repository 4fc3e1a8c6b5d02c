package org.photointerests.ui.interests

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.model.Area
import org.photointerests.ui.name

/** Says that photos were read and speak for nothing, and what they could have spoken for. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
internal fun NothingFound(kindsKnown: Int, areasKnown: List<Area>) {
    Column(
        Modifier.padding(vertical = 24.dp),
        verticalArrangement = Arrangement.spacedBy(12.dp)
    ) {
        Text(
            stringResource(R.string.interests_none_title),
            style = MaterialTheme.typography.titleLarge
        )
        Text(
            pluralStringResource(R.plurals.interests_none_text, kindsKnown, kindsKnown),
            style = MaterialTheme.typography.bodyLarge,
            color = MaterialTheme.colorScheme.onSurfaceVariant
        )
        FlowRow(
            horizontalArrangement = Arrangement.spacedBy(8.dp),
            verticalArrangement = Arrangement.spacedBy(8.dp)
        ) { areasKnown.forEach { AreaName(it.name()) } }
    }
}

@Composable
private fun AreaName(name: String) = Surface(
    shape = MaterialTheme.shapes.small,
    color = MaterialTheme.colorScheme.surfaceContainerHigh
) {
    Text(
        name,
        Modifier.padding(horizontal = 12.dp, vertical = 8.dp),
        style = MaterialTheme.typography.labelLarge
    )
}
