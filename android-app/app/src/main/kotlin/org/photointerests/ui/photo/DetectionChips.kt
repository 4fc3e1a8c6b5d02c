package org.photointerests.ui.photo

import androidx.compose.foundation.layout.size
import androidx.compose.material3.AssistChip
import androidx.compose.material3.FilterChip
import androidx.compose.material3.Icon
import androidx.compose.material3.SuggestionChip
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.painterResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.pipeline.analysis.detections.FoundObjects
import org.photointerests.pipeline.analysis.people.Framing
import org.photointerests.pipeline.analysis.people.People
import org.photointerests.ui.designsystem.currentLocale
import org.photointerests.ui.designsystem.inLanguage
import org.photointerests.ui.designsystem.name
import org.photointerests.ui.designsystem.percent

private val ICON = 18.dp

/** Whether what was found has frames around it, and how to change that. */
internal class Frames(val shown: Boolean, val show: (Boolean) -> Unit)

/** A portrait, one person, two or a group of a number; a tap searches for photos alike. */
@Composable
internal fun People(people: People, onSearch: (String) -> Unit) {
    val name = people.framing.name()
    val text = if (people.framing == Framing.GROUP) {
        stringResource(R.string.photo_group, name, people.number)
    } else {
        name
    }
    SuggestionChip(
        { onSearch(name) },
        { Text(text) },
        icon = { Icon(painterResource(R.drawable.ic_people), null, Modifier.size(ICON)) }
    )
}

/** Somebody to whom the user gave a name; a tap leads to the photos of that person. */
@Composable
internal fun Person(name: String, onOpen: () -> Unit) = AssistChip(
    onOpen,
    { Text(name) },
    leadingIcon = { Icon(painterResource(R.drawable.ic_person), null, Modifier.size(ICON)) }
)

/** "Bicycle" or "2 dogs"; a tap searches for photos with such. */
@Composable
internal fun Objects(found: FoundObjects, onSearch: (String) -> Unit) {
    val name = found.label.name()
    val several = found.label.plurals?.takeIf { found.count > 1 }?.inLanguage(currentLocale())
    val text = several?.let { stringResource(R.string.photo_objects, found.count, it) } ?: name
    SuggestionChip({ onSearch(name) }, { Text(text) })
}

/** A name; TalkBack reads how probable it is too. A tap searches for photos of it. */
@Composable
internal fun Probable(name: String, probability: Float, onSearch: (String) -> Unit) {
    val spoken = withProbability(name, probability)
    SuggestionChip(
        { onSearch(name) },
        { Text(name) },
        Modifier.semantics { contentDescription = spoken }
    )
}

/** "Flowers, 98 %". */
@Composable
internal fun withProbability(name: String, probability: Float) =
    stringResource(R.string.probability, name, percent(probability))

/** Shows or hides the frames. */
@Composable
internal fun FramesChip(frames: Frames) = FilterChip(
    frames.shown,
    { frames.show(!frames.shown) },
    { Text(stringResource(R.string.photo_frames)) },
    leadingIcon = {
        if (frames.shown) Icon(painterResource(R.drawable.ic_check), null, Modifier.size(ICON))
    }
)
