package org.photointerests.ui.licences

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.items
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.core.Source
import org.photointerests.ui.designsystem.InfoCard
import org.photointerests.ui.designsystem.Page
import org.photointerests.ui.designsystem.SkeletonList

/** The [sources] of data and libraries in this app with their licences; null while these are read. */
@Composable
fun LicencesScreen(libraries: List<Library>?, sources: List<Source>, onBack: () -> Unit) {
    Page(stringResource(R.string.licences_title), onBack) { padding ->
        if (libraries == null) {
            SkeletonList(Modifier.padding(padding))
        } else {
            LazyColumn(
                Modifier.fillMaxSize().padding(padding),
                contentPadding = PaddingValues(16.dp),
                verticalArrangement = Arrangement.spacedBy(8.dp)
            ) {
                item {
                    InfoCard(
                        stringResource(R.string.app_name),
                        stringResource(R.string.licences_own)
                    )
                }
                items(sources) { InfoCard(it.attribution, it.license) }
                items(libraries, key = { "${it.coordinates}:${it.version}" }) {
                    InfoCard("${it.coordinates} ${it.version}", it.licences.joinToString())
                }
            }
        }
    }
}
