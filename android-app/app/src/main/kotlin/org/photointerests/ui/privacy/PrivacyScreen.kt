package org.photointerests.ui.privacy

import android.text.format.Formatter
import androidx.compose.runtime.Composable
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.core.StoredBytes
import org.photointerests.ui.designsystem.InfoCard
import org.photointerests.ui.designsystem.StatePage

/** What is stored, where, how much, and that nothing leaves the phone. */
@Composable
fun PrivacyScreen(state: PrivacyState?, onBack: () -> Unit) {
    StatePage(stringResource(R.string.settings_privacy), state, onBack, 12.dp) { Facts(it) }
}

@Composable
private fun Facts(state: PrivacyState) {
    val card = state.card
    InfoCard(
        stringResource(R.string.privacy_network),
        stringResource(R.string.privacy_network_text)
    )
    InfoCard(
        stringResource(R.string.privacy_stored),
        pluralStringResource(
            R.plurals.privacy_stored_text,
            state.photos,
            state.photos,
            card.features.dimension
        )
    )
    InfoCard(
        stringResource(R.string.analyzer_identity),
        stringResource(R.string.privacy_people_text)
    )
    InfoCard(
        stringResource(R.string.privacy_choices),
        stringResource(R.string.privacy_choices_text, state.choices, state.albums)
    )
    InfoCard(stringResource(R.string.privacy_where), placeAndSizes(state.bytes))
    InfoCard(
        stringResource(R.string.privacy_model),
        stringResource(
            R.string.privacy_model_text,
            card.name,
            card.version,
            card.training.sources.joinToString { "${it.name} (${it.license})" }
        )
    )
}

@Composable
private fun placeAndSizes(bytes: StoredBytes): String {
    val sizes = listOf(
        R.string.privacy_bytes_photos to bytes.photos,
        R.string.privacy_bytes_settings to bytes.settings,
        R.string.privacy_bytes_catalogue to bytes.catalogue,
        R.string.privacy_bytes_export to bytes.export,
        R.string.privacy_bytes_models to bytes.models,
        R.string.privacy_bytes_other to bytes.other
    )
    val context = LocalContext.current
    val lines = sizes.map { (name, size) ->
        stringResource(name, Formatter.formatShortFileSize(context, size))
    }
    val all = Formatter.formatShortFileSize(context, bytes.all)
    return stringResource(R.string.privacy_where_text, all) + lines.joinToString("") { "\n$it" }
}
