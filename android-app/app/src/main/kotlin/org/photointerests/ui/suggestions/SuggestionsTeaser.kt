package org.photointerests.ui.suggestions

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.material3.Card
import androidx.compose.material3.CardDefaults
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextOverflow
import androidx.compose.ui.unit.dp
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.lifecycle.viewmodel.compose.viewModel
import org.photointerests.PhotoInterests
import org.photointerests.R
import org.photointerests.recommendations.Recommendations
import org.photointerests.ui.designsystem.currentLocale
import org.photointerests.ui.designsystem.joined

/** The best products, once there is a catalogue; null before. */
@Composable
internal fun bestProducts(container: PhotoInterests): Recommendations? {
    val best by viewModel {
        SuggestionsTeaserViewModel(
            container.catalogueStore,
            container.recommender,
            container.database.feedback(),
            container.errors
        )
    }.best.collectAsStateWithLifecycle()
    return best
}

/** Products that suit, by picture and name, and whose catalogue they are of. */
@Composable
internal fun SuggestionsTeaser(found: Recommendations, onOpen: () -> Unit) = Card(
    onOpen,
    Modifier.fillMaxWidth().padding(vertical = 8.dp),
    shape = MaterialTheme.shapes.large,
    colors = CardDefaults.cardColors(
        containerColor = MaterialTheme.colorScheme.surfaceContainerLow
    )
) {
    Column(Modifier.padding(16.dp), Arrangement.spacedBy(8.dp)) {
        Text(
            stringResource(R.string.library_products),
            Modifier.semantics { heading() },
            style = MaterialTheme.typography.titleMedium
        )
        Row(horizontalArrangement = Arrangement.spacedBy(8.dp)) {
            for (product in found.best) ProductPicture(product, Modifier.size(72.dp))
        }
        Text(joined(found.best.map { it.title }, currentLocale()))
        Text(
            originText(found.origin),
            maxLines = 2,
            overflow = TextOverflow.Ellipsis,
            style = MaterialTheme.typography.bodySmall,
            color = MaterialTheme.colorScheme.onSurfaceVariant
        )
    }
}
