package org.photointerests.ui.analyzers

import android.text.format.Formatter
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.pipeline.analysis.places.PlaceAnalyzer
import org.photointerests.pipeline.analysis.scenes.SceneAnalyzer
import org.photointerests.pipeline.scan.AnalyzerChoice
import org.photointerests.ui.designsystem.Loading
import org.photointerests.ui.designsystem.MaxContentWidth
import org.photointerests.ui.designsystem.Page
import org.photointerests.ui.designsystem.SwitchListRow

// Title and text of each analyzer.
private val texts = mapOf(
    SceneAnalyzer.NAME to (R.string.analyzer_scene to R.string.analyzer_scene_text),
    PlaceAnalyzer.NAME to (R.string.search_places to R.string.analyzer_place_text)
)

/** What is looked for in photos beside interests; a null [state] is one that is being read. */
@Composable
fun AnalyzersScreen(
    state: List<AnalyzerChoice>?,
    onSet: (name: String, on: Boolean) -> Unit,
    onBack: () -> Unit
) = Page(stringResource(R.string.analyzers_title), onBack) { padding ->
    if (state == null) {
        Loading(Modifier.padding(padding))
        return@Page
    }
    Box(Modifier.fillMaxSize().padding(padding), Alignment.TopCenter) {
        Column(Modifier.verticalScroll(rememberScrollState()).widthIn(max = MaxContentWidth)) {
            Text(
                stringResource(R.string.analyzers_text),
                Modifier.padding(start = 16.dp, end = 16.dp, bottom = 12.dp),
                style = MaterialTheme.typography.bodyLarge,
                color = MaterialTheme.colorScheme.onSurfaceVariant
            )
            for (choice in state) AnalyzerRow(choice) { onSet(choice.name, it) }
        }
    }
}

@Composable
private fun AnalyzerRow(choice: AnalyzerChoice, onSet: (Boolean) -> Unit) {
    val (title, text) = texts.getValue(choice.name)
    val size = Formatter.formatShortFileSize(LocalContext.current, choice.bytes)
    val parts = listOfNotNull(
        stringResource(text),
        stringResource(R.string.analyzers_bytes, size).takeIf { choice.on }
    )
    SwitchListRow(stringResource(title), parts.joinToString("\n"), choice.on, onSet)
}
