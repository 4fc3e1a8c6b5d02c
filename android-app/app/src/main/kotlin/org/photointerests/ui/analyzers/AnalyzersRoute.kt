package org.photointerests.ui.analyzers

import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import org.photointerests.pipeline.analysis.places.PlaceAnalyzer

/**
 * The screen of what is looked for; turning places on asks for the permission that they need, and
 * giving it has the next scan look for them.
 */
@Composable
internal fun AnalyzersRoute(
    model: AnalyzersViewModel,
    mayReadPlaces: () -> Boolean,
    onBack: () -> Unit
) {
    val state by model.state.collectAsStateWithLifecycle()
    val access = rememberPlaceAccess(mayReadPlaces) {
        // Photos that were seen before have no places yet.
        if (state?.any { it.name == PlaceAnalyzer.NAME && it.on } == true) {
            model.set(PlaceAnalyzer.NAME, true)
        }
    }
    AnalyzersScreen(state, model::set, onBack, access)
}
