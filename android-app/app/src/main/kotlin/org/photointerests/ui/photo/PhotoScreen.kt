package org.photointerests.ui.photo

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.layout.ContentScale
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.interests.Finding
import org.photointerests.interests.PhotoFindings
import org.photointerests.ui.Fact
import org.photointerests.ui.Loading
import org.photointerests.ui.Page
import org.photointerests.ui.PhotoImage
import org.photointerests.ui.Probability
import org.photointerests.ui.WIDE
import org.photointerests.ui.dateAndTime
import org.photointerests.ui.name

/** One photo, and what is on it. */
@Composable
fun PhotoScreen(state: PhotoState?, onBack: () -> Unit) {
    Page(stringResource(R.string.photo_title), onBack) { padding ->
        BoxWithConstraints(Modifier.fillMaxSize().padding(padding)) {
            when {
                state == null -> Loading()
                maxWidth >= WIDE -> Row(
                    Modifier.padding(16.dp),
                    Arrangement.spacedBy(24.dp)
                ) {
                    Photo(state, Modifier.weight(1f).heightIn(min = 160.dp))
                    Told(state, Modifier.weight(1f).verticalScroll(rememberScrollState()))
                }
                else -> Column(
                    Modifier.verticalScroll(rememberScrollState()).padding(16.dp),
                    Arrangement.spacedBy(16.dp)
                ) {
                    Photo(state, Modifier.fillMaxWidth().heightIn(min = 160.dp, max = 480.dp))
                    Told(state)
                }
            }
        }
    }
}

@Composable
private fun Photo(state: PhotoState, modifier: Modifier) = PhotoImage(
    state.key,
    stringResource(R.string.photo),
    modifier.clip(MaterialTheme.shapes.large),
    ContentScale.Fit
)

@Composable
private fun Told(state: PhotoState, modifier: Modifier = Modifier) {
    Column(modifier, Arrangement.spacedBy(16.dp)) {
        if (state.findings == null) {
            Text(
                stringResource(R.string.photo_unread),
                style = MaterialTheme.typography.headlineSmall
            )
        } else {
            Findings(state.findings)
        }
        WhenAndWhere(state)
    }
}

@Composable
private fun Findings(found: PhotoFindings) {
    if (found.findings.isEmpty()) {
        Text(
            stringResource(R.string.photo_nothing),
            style = MaterialTheme.typography.headlineSmall
        )
        Text(
            stringResource(R.string.photo_nothing_text),
            style = MaterialTheme.typography.bodyLarge,
            color = MaterialTheme.colorScheme.onSurfaceVariant
        )
        return
    }
    Text(
        stringResource(R.string.photo_on_it),
        Modifier.semantics { heading() },
        style = MaterialTheme.typography.titleMedium,
        color = MaterialTheme.colorScheme.primary
    )
    found.findings.forEach { OnPhoto(it) }
}

@Composable
private fun OnPhoto(finding: Finding) {
    Column(verticalArrangement = Arrangement.spacedBy(4.dp)) {
        Text(finding.category.name(), style = MaterialTheme.typography.titleLarge)
        Probability(finding.probability, Modifier.fillMaxWidth())
    }
}

@Composable
private fun WhenAndWhere(state: PhotoState) {
    val place = state.place
    state.findings?.let {
        Fact(stringResource(R.string.photo_taken), dateAndTime(it.takenAtMs))
    }
    Fact(
        stringResource(R.string.photo_place),
        if (place == null) {
            stringResource(R.string.photo_no_place)
        } else {
            stringResource(R.string.photo_coordinates, place.latitude, place.longitude)
        }
    )
}
