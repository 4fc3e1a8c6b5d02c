package org.photointerests.ui

import androidx.compose.runtime.Composable
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
        PlacesPage(container, controller, back = { controller.popBackStack() })
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

/** The towns and countries: a screen of its own, or beside the library, where [back] is null. */
@Composable
internal fun PlacesPage(
    container: PhotoInterests,
    controller: NavHostController,
    back: (() -> Unit)?
) {
    val places = container.places ?: return
    val model = viewModel { PlacesViewModel(places, container.errors) }
    val state by model.state.collectAsStateWithLifecycle()
    val actions = PlacesActions(
        back,
        open = { controller.navigate(Routes.place(it)) },
        openAnalyzers = { controller.navigate(Routes.ANALYZERS) }
    )
    PlacesScreen(state, actions)
}
