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
import java.time.ZoneId
import java.time.ZoneOffset
import org.photointerests.R
import org.photointerests.insights.interests.Finding
import org.photointerests.insights.interests.PhotoFindings
import org.photointerests.ui.WIDE
import org.photointerests.ui.designsystem.InfoCard
import org.photointerests.ui.designsystem.Loading
import org.photointerests.ui.designsystem.Page
import org.photointerests.ui.designsystem.PhotoImage
import org.photointerests.ui.designsystem.Probability
import org.photointerests.ui.designsystem.dateAndTime
import org.photointerests.ui.designsystem.name
import org.photointerests.ui.scan.text

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
                    PhotoDetails(state, Modifier.weight(1f).verticalScroll(rememberScrollState()))
                }
                else -> Column(
                    Modifier.verticalScroll(rememberScrollState()).padding(16.dp),
                    Arrangement.spacedBy(16.dp)
                ) {
                    Photo(state, Modifier.fillMaxWidth().heightIn(min = 160.dp, max = 480.dp))
                    PhotoDetails(state)
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
private fun PhotoDetails(state: PhotoState, modifier: Modifier = Modifier) {
    Column(modifier, Arrangement.spacedBy(16.dp)) {
        if (state.findings == null) {
            Text(
                stringResource(R.string.photo_not_scanned),
                style = MaterialTheme.typography.headlineSmall
            )
            state.problem?.let {
                Text(stringResource(it.text()), style = MaterialTheme.typography.bodyLarge)
            }
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
        stringResource(R.string.photo_findings),
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

/** The time zone that the photo's month is of. */
private fun PhotoFindings.zone(): ZoneId =
    utcOffsetS?.let { ZoneOffset.ofTotalSeconds(it) } ?: ZoneId.systemDefault()

@Composable
private fun WhenAndWhere(state: PhotoState) {
    val location = state.location
    state.findings?.let {
        InfoCard(stringResource(R.string.photo_taken), dateAndTime(it.takenAtMs, it.zone()))
    }
    InfoCard(
        stringResource(R.string.photo_location),
        if (location == null) {
            stringResource(R.string.photo_no_location)
        } else {
            stringResource(R.string.photo_coordinates, location.latitude, location.longitude)
        }
    )
}
