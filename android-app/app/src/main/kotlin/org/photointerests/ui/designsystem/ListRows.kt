package org.photointerests.ui.designsystem

import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.selection.selectable
import androidx.compose.foundation.selection.selectableGroup
import androidx.compose.foundation.selection.toggleable
import androidx.compose.material3.AlertDialog
import androidx.compose.material3.ListItem
import androidx.compose.material3.ListItemDefaults
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.RadioButton
import androidx.compose.material3.Switch
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import org.photointerests.R

/** A group of a list: its rows below its title, which TalkBack can jump to. */
@Composable
fun ListGroup(title: String, content: @Composable ColumnScope.() -> Unit) = Column {
    Text(
        title,
        Modifier.padding(start = 16.dp, end = 16.dp, top = 20.dp, bottom = 4.dp)
            .semantics { heading() },
        style = MaterialTheme.typography.labelLarge,
        color = MaterialTheme.colorScheme.primary
    )
    content()
}

/** Something to open by a tap anywhere on its row; nothing to tap where [onClick] is null. */
@Composable
fun LinkRow(
    title: String,
    text: String? = null,
    color: Color = MaterialTheme.colorScheme.onSurface,
    onClick: (() -> Unit)? = null
) = ListItem(
    { Text(title) },
    if (onClick == null) {
        Modifier.semantics(mergeDescendants = true) {}
    } else {
        Modifier.clickable(role = Role.Button, onClick = onClick)
    },
    supportingContent = text?.let { { Text(it) } },
    colors = ListItemDefaults.colors(headlineColor = color)
)

/** Something to turn on and off, by a tap anywhere on its row. */
@Composable
fun SwitchListRow(title: String, text: String?, on: Boolean, onChange: (Boolean) -> Unit) =
    ListItem(
        { Text(title) },
        Modifier.toggleable(on, role = Role.Switch, onValueChange = onChange),
        supportingContent = text?.let { { Text(it) } },
        trailingContent = { Switch(on, onCheckedChange = null) }
    )

/** A row that names what is chosen, and lets the user choose among [options] in a dialog. */
@Composable
fun <T> ChoiceRow(
    title: String,
    options: List<T>,
    chosen: T,
    name: @Composable (T) -> String,
    onChoose: (T) -> Unit
) {
    var asking by rememberSaveable { mutableStateOf(false) }
    LinkRow(title, name(chosen)) { asking = true }
    if (!asking) return
    AlertDialog(
        onDismissRequest = { asking = false },
        title = { Text(title) },
        text = {
            Column(Modifier.selectableGroup()) {
                for (option in options) {
                    RadioRow(name(option), option == chosen) {
                        asking = false
                        onChoose(option)
                    }
                }
            }
        },
        confirmButton = {
            TextButton({ asking = false }) { Text(stringResource(R.string.cancel)) }
        }
    )
}

@Composable
private fun RadioRow(name: String, selected: Boolean, onClick: () -> Unit) = Row(
    Modifier.fillMaxWidth().selectable(selected, role = Role.RadioButton, onClick = onClick)
        .heightIn(min = 48.dp),
    Arrangement.spacedBy(12.dp),
    Alignment.CenterVertically
) {
    RadioButton(selected, onClick = null)
    Text(name)
}
