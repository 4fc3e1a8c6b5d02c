package org.photointerests.ui.people

import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.aspectRatio
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.lazy.grid.GridCells
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.ReadOnlyComposable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.text.style.TextOverflow
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.people.PersonFace
import org.photointerests.people.PersonGroup
import org.photointerests.ui.designsystem.FaceCut
import org.photointerests.ui.designsystem.FaceImage
import org.photointerests.ui.designsystem.photoCount

private val MIN_WIDTH = 104.dp
private val MAX_FACE = 128.dp

// Two beside each other on a phone, however large letters are.
private const val MAX_SCALE = 1.5f

/** The columns of faces that fit: fewer where letters are larger. */
@Composable
@ReadOnlyComposable
internal fun personColumns(): GridCells.Adaptive =
    GridCells.Adaptive(MIN_WIDTH * LocalDensity.current.fontScale.coerceIn(1f, MAX_SCALE))

/** What the user calls a person, or that there is no name. */
@Composable
internal fun PersonGroup.title(): String = name ?: stringResource(R.string.person_unnamed)

/** Where the face is cut out. */
internal fun PersonFace.cut() = FaceCut(photo, box)

/** A person's face, name and number of photos, which a tap opens; TalkBack reads all at once. */
@Composable
internal fun PersonTile(person: PersonGroup, onClick: () -> Unit) {
    val count = photoCount(person.photos)
    val spoken = stringResource(R.string.strength, person.title(), count)
    Column(
        Modifier.clip(MaterialTheme.shapes.large)
            .clickable(role = Role.Button, onClick = onClick)
            .semantics { contentDescription = spoken }
            .padding(8.dp),
        Arrangement.spacedBy(2.dp),
        Alignment.CenterHorizontally
    ) {
        FaceImage(
            person.cover.cut(),
            Modifier.padding(bottom = 6.dp).widthIn(max = MAX_FACE).fillMaxWidth().aspectRatio(1f)
        )
        val colors = MaterialTheme.colorScheme
        Text(
            person.name ?: stringResource(R.string.person_add_name),
            color = if (person.name == null) colors.primary else colors.onSurface,
            style = MaterialTheme.typography.titleSmall,
            textAlign = TextAlign.Center,
            maxLines = 2,
            overflow = TextOverflow.Ellipsis
        )
        Text(count, color = colors.onSurfaceVariant, style = MaterialTheme.typography.bodySmall)
    }
}
