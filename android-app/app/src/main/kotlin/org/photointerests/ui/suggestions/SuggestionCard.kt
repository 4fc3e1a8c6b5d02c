package org.photointerests.ui.suggestions

import androidx.compose.foundation.background
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.material3.Card
import androidx.compose.material3.CardDefaults
import androidx.compose.material3.Icon
import androidx.compose.material3.IconButton
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.OutlinedButton
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.layout.ContentScale
import androidx.compose.ui.res.painterResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.unit.dp
import androidx.core.net.toUri
import coil.compose.AsyncImage
import java.nio.ByteBuffer
import org.photointerests.R
import org.photointerests.recommendations.Recommendation
import org.photointerests.ui.designsystem.PhotoImage
import org.photointerests.ui.designsystem.name
import org.photointerests.ui.designsystem.percent

/** A product with its picture, and the interest and the photos that contributed most. */
@Composable
internal fun SuggestionCard(product: Recommendation, actions: SuggestionsActions) {
    Card(
        Modifier.fillMaxWidth(),
        shape = MaterialTheme.shapes.large,
        colors = CardDefaults.cardColors(
            containerColor = MaterialTheme.colorScheme.surfaceContainerLow
        )
    ) {
        Row(Modifier.padding(12.dp), Arrangement.spacedBy(16.dp)) {
            ProductPicture(product, Modifier.size(96.dp))
            Column(Modifier.weight(1f), Arrangement.spacedBy(8.dp)) {
                Title(product, actions)
                if (product.suits) Reason(product, actions)
                product.link?.let { link ->
                    OutlinedButton({ actions.openLink(link) }) {
                        Text(stringResource(R.string.suggestions_open, link.toUri().host.orEmpty()))
                    }
                }
            }
        }
    }
}

/** The product's name, and the way to be rid of it. */
@Composable
private fun Title(product: Recommendation, actions: SuggestionsActions) = Row {
    Text(
        product.title,
        Modifier.weight(1f).padding(top = 4.dp),
        style = MaterialTheme.typography.titleMedium,
        fontWeight = FontWeight.SemiBold
    )
    IconButton({ actions.reject(product) }) {
        Icon(
            painterResource(R.drawable.ic_close),
            stringResource(R.string.suggestions_reject, product.title)
        )
    }
}

/** The small picture that a catalogue has of a product. */
@Composable
internal fun ProductPicture(product: Recommendation, modifier: Modifier) {
    AsyncImage(
        model = product.thumbnail?.let { ByteBuffer.wrap(it) },
        contentDescription = null,
        modifier = modifier.clip(MaterialTheme.shapes.medium)
            .background(MaterialTheme.colorScheme.surfaceContainerHighest),
        contentScale = ContentScale.Crop,
        error = painterResource(R.drawable.ic_broken_photo),
        fallback = painterResource(R.drawable.ic_suggestions)
    )
}

@Composable
private fun Reason(product: Recommendation, actions: SuggestionsActions) {
    Text(
        stringResource(
            R.string.suggestions_because,
            product.interest.name(),
            percent(product.probability)
        ),
        style = MaterialTheme.typography.bodyMedium,
        color = MaterialTheme.colorScheme.onSurfaceVariant
    )
    Row(
        horizontalArrangement = Arrangement.spacedBy(4.dp),
        verticalAlignment = Alignment.CenterVertically
    ) {
        for (photo in product.photos) {
            PhotoImage(
                photo,
                stringResource(R.string.suggestions_photo),
                Modifier.size(48.dp).clip(MaterialTheme.shapes.small)
                    .clickable(onClickLabel = stringResource(R.string.interest_why)) {
                        actions.openPhoto(photo)
                    }
            )
        }
    }
}
