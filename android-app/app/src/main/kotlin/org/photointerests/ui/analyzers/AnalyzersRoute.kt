package org.photointerests.ui.analyzers

import android.content.Context
import android.net.Uri
import androidx.activity.compose.rememberLauncherForActivityResult
import androidx.activity.result.contract.ActivityResultContracts.OpenDocument
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.ui.platform.LocalContext
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import java.io.FileNotFoundException
import java.io.InputStream
import org.photointerests.pipeline.analysis.places.PlaceAnalyzer

// Phones know no type of file for models.
private val ANY_FILE = arrayOf("*/*")

/**
 * The screen of what is looked for; turning places on asks for the permission that they need, and
 * giving it has the next scan look for them. Models are chosen in the system's file picker.
 */
@Composable
internal fun AnalyzersRoute(
    model: AnalyzersViewModel,
    packs: PacksViewModel,
    mayReadPlaces: () -> Boolean,
    openConsent: () -> Unit,
    onBack: () -> Unit
) {
    val state by model.state.collectAsStateWithLifecycle()
    val access = rememberPlaceAccess(mayReadPlaces) {
        // Photos that were seen before have no places yet.
        if (state?.any { it.name == PlaceAnalyzer.NAME && it.on } == true) {
            model.set(PlaceAnalyzer.NAME, true)
        }
    }
    val files = LocalContext.current.applicationContext
    val picker = rememberLauncherForActivityResult(OpenDocument()) { document ->
        if (document != null) packs.add { files.openDocument(document) }
    }
    val packsState by packs.state.collectAsStateWithLifecycle()
    val actions = PackActions({ picker.launch(ANY_FILE) }, packs::remove)
    AnalyzersScreen(state, model::set, onBack, access, packsState, actions, openConsent)
}

private fun Context.openDocument(document: Uri): InputStream =
    contentResolver.openInputStream(document) ?: throw FileNotFoundException("$document is gone")
