package org.photointerests.ui.designsystem

import androidx.annotation.StringRes
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.material3.LinearProgressIndicator
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.unit.dp
import org.photointerests.R

private const val ALMOST_CERTAIN = 0.95f
private const val VERY_LIKELY = 0.8f
private const val LIKELY = 0.6f

/** How probable something is: in feedback, as a number and as a bar; TalkBack says the first two. */
@Composable
fun Probability(value: Float, modifier: Modifier = Modifier) {
    val feedback = stringResource(certainty(value))
    val spoken = stringResource(R.string.probability, feedback, percent(value))
    Column(
        modifier.clearAndSetSemantics { contentDescription = spoken },
        Arrangement.spacedBy(6.dp)
    ) {
        Row(Modifier.fillMaxWidth(), Arrangement.spacedBy(12.dp)) {
            Text(
                feedback,
                Modifier.weight(1f),
                style = MaterialTheme.typography.bodyMedium,
                color = MaterialTheme.colorScheme.onSurfaceVariant
            )
            Text(percent(value), style = MaterialTheme.typography.labelLarge)
        }
        LinearProgressIndicator(
            progress = { value },
            modifier = Modifier.fillMaxWidth().height(6.dp),
            color = MaterialTheme.colorScheme.primary,
            trackColor = MaterialTheme.colorScheme.surfaceContainerHighest,
            drawStopIndicator = {}
        )
    }
}

@StringRes
private fun certainty(probability: Float): Int = when {
    probability >= ALMOST_CERTAIN -> R.string.certainty_almost
    probability >= VERY_LIKELY -> R.string.certainty_very
    probability >= LIKELY -> R.string.certainty_likely
    else -> R.string.certainty_perhaps
}
