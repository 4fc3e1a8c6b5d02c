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
import org.photointerests.core.Area
import org.photointerests.ui.designsystem.name

/** Says that no interest was found, and which areas the app knows. */
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
