package org.photointerests.ui.access

import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.widthIn
import androidx.compose.material3.Button
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.ui.designsystem.EmptyState
import org.photointerests.ui.setup.PROMISE
import org.photointerests.ui.setup.StepDots

/** What the app is for, before it may see a photo; [asked] says that the user refused once. */
@Composable
fun WelcomeScreen(
    asked: Boolean,
    onChoosePhotos: () -> Unit,
    onOpenSettings: () -> Unit,
    modifier: Modifier = Modifier
) {
    val title = if (asked) R.string.access_denied else R.string.welcome_title
    val text = if (asked) R.string.access_denied_text else R.string.welcome_text
    EmptyState({ PhotoFan() }, stringResource(title), stringResource(text), modifier) {
        Column(horizontalAlignment = Alignment.CenterHorizontally) {
            Button(onChoosePhotos) { Text(stringResource(R.string.welcome_allow)) }
            if (asked) {
                TextButton(onOpenSettings) { Text(stringResource(R.string.access_settings)) }
            }
        }
        Text(
            stringResource(R.string.welcome_private),
            Modifier.widthIn(max = 480.dp),
            style = MaterialTheme.typography.bodyMedium,
            color = MaterialTheme.colorScheme.onSurfaceVariant,
            textAlign = TextAlign.Center
        )
        StepDots(PROMISE)
    }
}
