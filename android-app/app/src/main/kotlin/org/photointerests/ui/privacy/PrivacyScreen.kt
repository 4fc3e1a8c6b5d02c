package org.photointerests.ui.privacy

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.Card
import androidx.compose.material3.CardDefaults
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.ui.Loading
import org.photointerests.ui.Page

/** What is stored, where, how much, and that nothing leaves the phone. */
@Composable
fun PrivacyScreen(state: PrivacyState?, onBack: () -> Unit) {
    Page(stringResource(R.string.settings_privacy), onBack) { padding ->
        if (state == null) {
            Loading(Modifier.padding(padding))
        } else {
            Column(
                Modifier.fillMaxSize().padding(padding)
                    .verticalScroll(rememberScrollState())
                    .padding(16.dp),
                verticalArrangement = Arrangement.spacedBy(12.dp)
            ) { Facts(state) }
        }
    }
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

@Composable
private fun Fact(title: String, text: String) {
    Card(
        Modifier.fillMaxWidth(),
        colors = CardDefaults.cardColors(
            containerColor = MaterialTheme.colorScheme.surfaceContainerLow
        )
    ) {
        Column(Modifier.padding(16.dp), verticalArrangement = Arrangement.spacedBy(6.dp)) {
            Text(title, style = MaterialTheme.typography.titleMedium)
            Text(text, color = MaterialTheme.colorScheme.onSurfaceVariant)
        }
    }
}
