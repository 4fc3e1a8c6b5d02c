package org.photointerests.ui.settings

import androidx.compose.material3.AlertDialog
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.ui.res.stringResource
import org.photointerests.R

/** Asks before everything is deleted. */
@Composable
fun DeleteDialog(onCancel: () -> Unit, onDelete: () -> Unit) {
    AlertDialog(
        onDismissRequest = onCancel,
        title = { Text(stringResource(R.string.settings_delete)) },
        text = { Text(stringResource(R.string.settings_delete_text)) },
        confirmButton = {
            TextButton(onDelete) { Text(stringResource(R.string.settings_delete_confirm)) }
        },
        dismissButton = { TextButton(onCancel) { Text(stringResource(R.string.cancel)) } }
    )
}
