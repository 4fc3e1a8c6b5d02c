package org.photointerests.ui.people

import androidx.activity.compose.BackHandler
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.text.KeyboardActions
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.Button
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.focus.FocusRequester
import androidx.compose.ui.focus.focusRequester
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.text.input.ImeAction
import androidx.compose.ui.text.input.KeyboardCapitalization
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.people.PeopleGroups
import org.photointerests.ui.designsystem.MaxContentWidth

/** Asks who a person is, who has been [known] by a name so far; it has the keyboard at once. */
@Composable
internal fun NameField(known: String?, onCancel: () -> Unit, onSave: (String) -> Unit) {
    var name by rememberSaveable { mutableStateOf(known.orEmpty()) }
    val focus = remember { FocusRequester() }
    LaunchedEffect(focus) { focus.requestFocus() }
    BackHandler(onBack = onCancel)
    Column(
        Modifier.widthIn(max = MaxContentWidth).fillMaxWidth().padding(bottom = 12.dp),
        Arrangement.spacedBy(8.dp)
    ) {
        OutlinedTextField(
            name,
            { name = it.take(PeopleGroups.MAXIMUM_NAME) },
            Modifier.fillMaxWidth().focusRequester(focus),
            label = { Text(stringResource(R.string.person_who)) },
            supportingText = { Text(stringResource(R.string.person_name_note)) },
            singleLine = true,
            keyboardOptions = KeyboardOptions(
                capitalization = KeyboardCapitalization.Words,
                imeAction = ImeAction.Done
            ),
            keyboardActions = KeyboardActions(onDone = { onSave(name) })
        )
        Row(
            Modifier.align(Alignment.End),
            Arrangement.spacedBy(8.dp),
            Alignment.CenterVertically
        ) {
            TextButton(onCancel) { Text(stringResource(R.string.cancel)) }
            Button({ onSave(name) }) { Text(stringResource(R.string.person_save)) }
        }
    }
}
