package org.photointerests.ui.people

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.selection.toggleable
import androidx.compose.material3.Button
import androidx.compose.material3.Checkbox
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.ui.designsystem.InfoCard
import org.photointerests.ui.designsystem.StatePage

private val parts = listOf(
    R.string.consent_what to R.string.consent_what_text,
    R.string.consent_others to R.string.consent_others_text,
    R.string.consent_where to R.string.consent_where_text,
    R.string.consent_wrong to R.string.consent_wrong_text,
    R.string.consent_off to R.string.consent_off_text
)

/**
 * What groups of the same person mean, before they are turned on: biometric data of people who were
 * not asked. Nothing is agreed to beforehand.
 */
@Composable
fun ConsentScreen(onTurnOn: () -> Unit, onBack: () -> Unit) {
    var agreed by rememberSaveable { mutableStateOf(false) }
    StatePage(stringResource(R.string.analyzer_identity), parts, onBack, 12.dp) { parts ->
        Text(
            stringResource(R.string.consent_intro),
            style = MaterialTheme.typography.bodyLarge,
            color = MaterialTheme.colorScheme.onSurfaceVariant
        )
        for ((title, text) in parts) InfoCard(stringResource(title), stringResource(text))
        Agreement(agreed) { agreed = it }
        Choices(agreed, onTurnOn, onBack)
    }
}

@Composable
private fun Agreement(agreed: Boolean, onChange: (Boolean) -> Unit) = Row(
    Modifier.fillMaxWidth().toggleable(agreed, role = Role.Checkbox, onValueChange = onChange)
        .heightIn(min = 56.dp),
    Arrangement.spacedBy(12.dp),
    Alignment.CenterVertically
) {
    Checkbox(agreed, onCheckedChange = null)
    Text(stringResource(R.string.consent_agree))
}

@OptIn(ExperimentalLayoutApi::class)
@Composable
private fun Choices(agreed: Boolean, onTurnOn: () -> Unit, onBack: () -> Unit) = FlowRow(
    Modifier.fillMaxWidth(),
    Arrangement.spacedBy(8.dp, Alignment.End)
) {
    TextButton(onBack) { Text(stringResource(R.string.consent_not_now)) }
    Button(onTurnOn, enabled = agreed) { Text(stringResource(R.string.consent_turn_on)) }
}
