package org.photointerests.ui

import androidx.compose.runtime.getValue
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.lifecycle.viewmodel.compose.viewModel
import androidx.navigation.NavGraphBuilder
import androidx.navigation.NavHostController
import androidx.navigation.compose.composable
import org.photointerests.PhotoInterests
import org.photointerests.ui.places.PlaceActions
import org.photointerests.ui.places.PlaceScreen
import org.photointerests.ui.places.PlaceViewModel
import org.photointerests.ui.places.PlacesActions
import org.photointerests.ui.places.PlacesScreen
import org.photointerests.ui.places.PlacesViewModel

/** The towns and countries of photos, and the photos of one of them; none in a build without places. */
internal fun NavGraphBuilder.places(container: PhotoInterests, controller: NavHostController) {
    val places = container.places ?: return
    composable(Routes.PLACES) {
        val model = viewModel { PlacesViewModel(places, container.errors) }
        val state by model.state.collectAsStateWithLifecycle()
        val actions = PlacesActions(
            back = { controller.popBackStack() },
            open = { controller.navigate(Routes.place(it)) },
            openAnalyzers = { controller.navigate(Routes.ANALYZERS) }
        )
        PlacesScreen(state, actions)
    }
    checked(Routes.PLACE, controller, Routes::placeOf) { choice ->
        val model = viewModel { PlaceViewModel(places, container.errors, choice) }
        val state by model.state.collectAsStateWithLifecycle()
        val actions = PlaceActions(
            back = { controller.popBackStack() },
            openPhoto = { controller.navigate(Routes.photo(it, choice)) },
            model::showMore
        )
        PlaceScreen(state, choice, actions)
    }
}
