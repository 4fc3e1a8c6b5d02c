package org.photointerests.ui.privacy

import androidx.compose.runtime.Composable
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.ui.Fact
import org.photointerests.ui.StatePage

/** What is stored, where, how much, and that nothing leaves the phone. */
@Composable
fun PrivacyScreen(state: PrivacyState?, onBack: () -> Unit) {
    StatePage(stringResource(R.string.settings_privacy), state, onBack, 12.dp) { Facts(it) }
}

@Composable
private fun Facts(state: PrivacyState) {
    val card = state.card
    Fact(
        stringResource(R.string.privacy_network),
        stringResource(R.string.privacy_network_text)
    )
    Fact(
        stringResource(R.string.privacy_stored),
        pluralStringResource(
            R.plurals.privacy_stored_text,
            state.photos,
            state.photos,
            card.features.dimension
        )
    )
    Fact(
        stringResource(R.string.privacy_where),
        stringResource(
            R.string.privacy_where_text,
            android.text.format.Formatter.formatShortFileSize(LocalContext.current, state.bytes)
        )
    )
    Fact(
        stringResource(R.string.privacy_model),
        stringResource(
            R.string.privacy_model_text,
            card.name,
            card.version,
            card.training.sources.joinToString { "${it.name} (${it.license})" }
        )
    )
}
