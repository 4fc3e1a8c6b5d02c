package org.photointerests.ui.people

import androidx.annotation.StringRes
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.size
import androidx.compose.material3.AlertDialog
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.people.PersonGroup
import org.photointerests.ui.designsystem.FaceImage

private val FACE = 88.dp

/** Asks whether a person is the [other] one who has the name that was given. */
@Composable
internal fun NamesakeDialog(
    person: PersonGroup,
    other: PersonGroup,
    onCancel: () -> Unit,
    onApart: () -> Unit,
    onJoin: () -> Unit
) = AlertDialog(
    onDismissRequest = onCancel,
    title = { Text(stringResource(R.string.person_known, other.name.orEmpty())) },
    text = {
        Column(verticalArrangement = Arrangement.spacedBy(16.dp)) {
            Faces(person, other)
            Text(stringResource(R.string.person_known_text))
        }
    },
    confirmButton = { TextButton(onJoin) { Text(stringResource(R.string.person_join)) } },
    dismissButton = { TextButton(onApart) { Text(stringResource(R.string.person_apart)) } }
)

/** Asks before two groups become one, and says what it is called then. */
@Composable
internal fun JoinDialog(
    person: PersonGroup,
    other: PersonGroup,
    onCancel: () -> Unit,
    onJoin: () -> Unit
) = AlertDialog(
    onDismissRequest = onCancel,
    title = { Text(stringResource(R.string.person_join_title)) },
    text = {
        Column(verticalArrangement = Arrangement.spacedBy(16.dp)) {
            Faces(person, other)
            (person.name ?: other.name)?.let {
                Text(stringResource(R.string.person_join_name, it))
            }
            Text(stringResource(R.string.person_join_text))
        }
    },
    confirmButton = { TextButton(onJoin) { Text(stringResource(R.string.person_join)) } },
    dismissButton = { Cancel(onCancel) }
)

/** Asks before a person is forgotten, which cannot be undone. */
@Composable
internal fun ForgetDialog(photos: Int, onCancel: () -> Unit, onForget: () -> Unit) = AlertDialog(
    onDismissRequest = onCancel,
    title = { Text(stringResource(R.string.person_forget)) },
    text = { Text(pluralStringResource(R.plurals.person_forget_text, photos, photos)) },
    confirmButton = {
        TextButton(onForget) { Text(stringResource(R.string.person_forget_confirm)) }
    },
    dismissButton = { Cancel(onCancel) }
)

/** Asks before all groups are deleted with the names that the user gave; [confirm] says by what. */
@Composable
internal fun GroupsOffDialog(@StringRes confirm: Int, onCancel: () -> Unit, onDelete: () -> Unit) =
    AlertDialog(
        onDismissRequest = onCancel,
        title = { Text(stringResource(R.string.identity_off)) },
        text = { Text(stringResource(R.string.identity_off_text)) },
        confirmButton = { TextButton(onDelete) { Text(stringResource(confirm)) } },
        dismissButton = { Cancel(onCancel) }
    )

@Composable
private fun Cancel(onCancel: () -> Unit) =
    TextButton(onCancel) { Text(stringResource(R.string.cancel)) }

@Composable
private fun Faces(person: PersonGroup, other: PersonGroup) = Row(
    horizontalArrangement = Arrangement.spacedBy(16.dp)
) {
    FaceImage(person.cover.cut(), Modifier.size(FACE))
    FaceImage(other.cover.cut(), Modifier.size(FACE))
}
