package org.photointerests.ui.analyzers

import android.text.format.Formatter
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.offset
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.pipeline.analysis.detections.DetectionAnalyzer
import org.photointerests.pipeline.analysis.identity.IdentityAnalyzer
import org.photointerests.pipeline.analysis.places.PlaceAnalyzer
import org.photointerests.pipeline.analysis.scenes.SceneAnalyzer
import org.photointerests.pipeline.analysis.species.SpeciesAnalyzer
import org.photointerests.pipeline.analysis.text.TextAnalyzer
import org.photointerests.pipeline.scan.AnalyzerChoice
import org.photointerests.ui.designsystem.Loading
import org.photointerests.ui.designsystem.MaxContentWidth
import org.photointerests.ui.designsystem.Page
import org.photointerests.ui.designsystem.SwitchListRow

// Title and text of each analyzer.
private val texts = mapOf(
    SceneAnalyzer.NAME to (R.string.analyzer_scene to R.string.analyzer_scene_text),
    PlaceAnalyzer.NAME to (R.string.search_places to R.string.analyzer_place_text),
    DetectionAnalyzer.FACES to (R.string.analyzer_faces to R.string.analyzer_faces_text),
    DetectionAnalyzer.OBJECTS to (R.string.analyzer_objects to R.string.analyzer_objects_text),
    TextAnalyzer.NAME to (R.string.analyzer_text to R.string.analyzer_text_text),
    IdentityAnalyzer.NAME to (R.string.analyzer_identity to R.string.analyzer_identity_text),
    SpeciesAnalyzer.BIRDS to (R.string.analyzer_birds to R.string.analyzer_birds_text),
    SpeciesAnalyzer.INSECTS to (R.string.analyzer_insects to R.string.analyzer_insects_text)
)

/** The name of an analyzer. */
internal fun titleOf(analyzer: String): Int = texts.getValue(analyzer).first

/**
 * What is looked for in photos beside interests; a null [state] is one that is being read.
 *
 * Without [placeAccess] the row of places says why, and turning them on asks for it. Groups of the same
 * person are turned on by [openConsent] alone. Below stand models that can be added.
 */
@Composable
fun AnalyzersScreen(
    state: List<AnalyzerChoice>?,
    onSet: (name: String, on: Boolean) -> Unit,
    onBack: () -> Unit,
    placeAccess: PlaceAccess = PlaceAccess(isAllowed = true),
    packs: PacksState = PacksState(),
    packActions: PackActions = PackActions(),
    openConsent: () -> Unit = {}
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
            for (choice in state) {
                val set = { on: Boolean -> onSet(choice.name, on) }
                when {
                    choice.name == PlaceAnalyzer.NAME && !placeAccess.isAllowed ->
                        HiddenPlacesRow(choice, placeAccess, set)
                    choice.name == IdentityAnalyzer.NAME -> GroupsRow(choice, set, openConsent)
                    else -> AnalyzerRow(choice, set)
                }
            }
            val groups = state.find { it.name == IdentityAnalyzer.NAME }
            PacksAndGroups(packs, packActions, groupsLost = groups?.on == true)
        }
    }
}

@Composable
internal fun AnalyzerRow(choice: AnalyzerChoice, onSet: (Boolean) -> Unit) =
    AnalyzerRow(choice, stringResource(texts.getValue(choice.name).second), onSet)

@Composable
private fun AnalyzerRow(choice: AnalyzerChoice, text: String, onSet: (Boolean) -> Unit) {
    val size = Formatter.formatShortFileSize(LocalContext.current, choice.bytes)
    val parts = listOfNotNull(
        text,
        stringResource(R.string.analyzers_bytes, size).takeIf { choice.on }
    )
    val title = stringResource(titleOf(choice.name))
    SwitchListRow(title, parts.joinToString("\n"), choice.on, onSet)
}

/** The row of places where Android hides them: the reason, and what there is without them. */
@Composable
private fun HiddenPlacesRow(choice: AnalyzerChoice, access: PlaceAccess, onSet: (Boolean) -> Unit) {
    val reason = stringResource(R.string.photo_place_hidden)
    AnalyzerRow(choice, "${stringResource(R.string.analyzer_place_text)}\n$reason") { on ->
        onSet(on)
        if (on) access.ask()
    }
    if (!choice.on) return
    Column(Modifier.padding(horizontal = 16.dp)) {
        Text(
            stringResource(R.string.analyzer_place_without),
            style = MaterialTheme.typography.bodyMedium,
            color = MaterialTheme.colorScheme.onSurfaceVariant
        )
        // Its text begins where that above it does.
        TextButton(access.askAgain, Modifier.offset(x = (-12).dp)) {
            Text(stringResource(R.string.analyzer_place_allow))
        }
    }
}
