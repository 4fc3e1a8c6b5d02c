package org.photointerests.ui.photo

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.navigationBarsPadding
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.AssistChip
import androidx.compose.material3.Icon
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.SuggestionChip
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.painterResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import java.time.ZoneId
import java.time.ZoneOffset
import org.photointerests.R
import org.photointerests.core.PhotoKey
import org.photointerests.insights.interests.Finding
import org.photointerests.insights.interests.PhotoFindings
import org.photointerests.pipeline.analysis.scenes.PhotoScene
import org.photointerests.ui.designsystem.PhotoStrip
import org.photointerests.ui.designsystem.currentLocale
import org.photointerests.ui.designsystem.dateAndTime
import org.photointerests.ui.designsystem.name
import org.photointerests.ui.scan.text

private val EDGE = 16.dp
private val THUMBNAIL = 88.dp
private val SCENE_ICON = 18.dp

/** When and where a photo was taken, what it shows, and those that look like it. */
@Composable
internal fun PhotoDetails(details: PhotoState?, actions: PhotoActions, frames: Frames) = Column(
    // As high as a date and a row of chips, so that turning a page moves nothing.
    Modifier.fillMaxWidth().heightIn(min = 136.dp).verticalScroll(rememberScrollState())
        .navigationBarsPadding().padding(vertical = EDGE),
    Arrangement.spacedBy(12.dp)
) {
    if (details == null) return@Column
    WhenAndWhere(details, actions.showPlace)
    if (details.findings == null) {
        NotScanned(details)
    } else {
        Findings(details, details.findings.findings, actions, frames)
    }
    if (details.text.isNotEmpty()) PhotoText(details.text, Modifier.padding(horizontal = EDGE))
    if (details.similar.isNotEmpty()) Similar(details.similar, actions.openPhoto)
}

@Composable
private fun NotScanned(details: PhotoState) = Column(Modifier.padding(horizontal = EDGE)) {
    Text(
        stringResource(R.string.photo_not_scanned),
        style = MaterialTheme.typography.titleMedium
    )
    details.problem?.let { SecondaryText(stringResource(it.text())) }
}

@OptIn(ExperimentalLayoutApi::class)
@Composable
private fun Findings(
    details: PhotoState,
    findings: List<Finding>,
    actions: PhotoActions,
    frames: Frames
) {
    if (findings.isEmpty() && details.showsNothingElse()) {
        SecondaryText(
            stringResource(R.string.photo_nothing_text),
            Modifier.padding(horizontal = EDGE)
        )
        return
    }
    FlowRow(Modifier.padding(horizontal = EDGE), Arrangement.spacedBy(8.dp)) {
        for (finding in findings) {
            val name = finding.category.name()
            val spoken = withProbability(name, finding.probability)
            AssistChip(
                onClick = { actions.openInterest(finding.category.id) },
                label = { Text(name) },
                modifier = Modifier.semantics { contentDescription = spoken }
            )
        }
        for ((group, name) in details.persons) Person(name) { actions.openPerson(group) }
        if (details.scene != null) Scene(details.scene, actions.search)
        if (details.people != null) People(details.people, actions.search)
        for (found in details.objects) Objects(found, actions.search)
        for (found in details.species.distinctBy { it.label }) {
            Probable(found.label.name(), found.probability, actions.search)
        }
        Kinds(details, actions.search)
        if (details.boxes.isNotEmpty()) FramesChip(frames)
    }
}

private fun PhotoState.showsNothingElse() = scene == null && boxes.isEmpty() && text.isEmpty() &&
    species.isEmpty() && findings?.kinds.isNullOrEmpty()

/** Breeds, dishes and the like, without those that another chip has named. */
@Composable
private fun Kinds(details: PhotoState, onSearch: (String) -> Unit) {
    val named = details.findings?.findings.orEmpty().map { it.category.name() } +
        details.objects.map { it.label.name() } + details.species.map { it.label.name() }
    for (found in details.findings?.kinds.orEmpty()) {
        val name = found.kind.name()
        if (named.none { it.equals(name, ignoreCase = true) }) {
            Probable(name, found.probability, onSearch)
        }
    }
}

/** The kind of place, by the finest name that is probable enough, and indoors or outdoors. */
@Composable
private fun Scene(scene: PhotoScene, onSearch: (String) -> Unit) {
    for (named in listOf(scene.scene ?: scene.group, scene.setting)) {
        val name = named.name()
        SuggestionChip(
            { onSearch(name) },
            { Text(name) },
            icon = {
                Icon(painterResource(R.drawable.ic_scene), null, Modifier.size(SCENE_ICON))
            }
        )
    }
}

@Composable
private fun Similar(photos: List<PhotoKey>, onOpen: (PhotoKey) -> Unit) {
    Text(
        stringResource(R.string.photo_similar),
        Modifier.padding(horizontal = EDGE).semantics { heading() },
        style = MaterialTheme.typography.titleSmall
    )
    PhotoStrip(
        photos,
        THUMBNAIL,
        { stringResource(R.string.photo_similar_number, it, photos.size) },
        onOpen,
        PaddingValues(horizontal = EDGE)
    )
}

/** The time zone that the photo's month is of. */
internal fun PhotoFindings.zone(): ZoneId =
    utcOffsetS?.let { ZoneOffset.ofTotalSeconds(it) } ?: ZoneId.systemDefault()

@Composable
private fun WhenAndWhere(details: PhotoState, onShowPlace: () -> Unit) = Column(
    Modifier.padding(horizontal = EDGE)
) {
    details.findings?.let {
        Text(dateAndTime(it.takenAtMs, it.zone()), style = MaterialTheme.typography.titleMedium)
    }
    val place = details.place?.title(currentLocale().language)
    val position = details.location?.let {
        stringResource(R.string.photo_coordinates, it.latitude, it.longitude)
    }
    // Numbers alone where no place is near, such as at sea.
    (place ?: position)?.let { SecondaryText(it) }
    if (details.placeHidden) {
        SecondaryText(stringResource(R.string.photo_place_hidden))
        TextButton(onShowPlace) { Text(stringResource(R.string.photo_place_show)) }
    }
}

@Composable
private fun SecondaryText(text: String, modifier: Modifier = Modifier) = Text(
    text,
    modifier,
    style = MaterialTheme.typography.bodyMedium,
    color = MaterialTheme.colorScheme.onSurfaceVariant
)
