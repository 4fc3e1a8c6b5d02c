package org.photointerests.ui

import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.lifecycle.viewmodel.compose.viewModel
import androidx.navigation.NavBackStackEntry
import androidx.navigation.NavGraphBuilder
import androidx.navigation.NavHostController
import androidx.navigation.compose.composable
import androidx.navigation.navArgument
import org.photointerests.PhotoInterests
import org.photointerests.feedback.feedback
import org.photointerests.insights.interests.Period
import org.photointerests.ui.albums.AlbumsScreen
import org.photointerests.ui.albums.AlbumsViewModel
import org.photointerests.ui.designsystem.Snackbars
import org.photointerests.ui.interest.InterestRoute
import org.photointerests.ui.interest.InterestViewModel
import org.photointerests.ui.month.MonthScreen
import org.photointerests.ui.month.MonthViewModel
import org.photointerests.ui.scan.ScanActions
import org.photointerests.ui.scan.ScanScreen
import org.photointerests.ui.scan.ScanViewModel
import org.photointerests.ui.suggestions.SuggestionsRoute
import org.photointerests.ui.suggestions.SuggestionsViewModel

/** The screens that others lead to, and that a person leaves by going back. */
internal fun NavGraphBuilder.details(
    container: PhotoInterests,
    controller: NavHostController,
    snackbars: Snackbars
) {
    checked(Routes.INTEREST, controller, Routes::interestOf) { (id, period) ->
        val model = viewModel {
            InterestViewModel(
                container.interests,
                container.photos,
                container.database.feedback(),
                container.errors,
                id,
                period
            )
        }
        val state by model.state.collectAsStateWithLifecycle()
        val place = remember(id) {
            container.bundle.card.interests.indexOfFirst { it.id == id }.takeIf { it >= 0 }
        }
        InterestRoute(
            state,
            model,
            snackbars,
            back = { controller.popBackStack() },
            openPhoto = { controller.navigate(Routes.photo(it, place)) }
        )
    }
    checked(Routes.MONTH, controller, Routes::monthOf) { month ->
        val state by viewModel {
            MonthViewModel(
                container.interests,
                container.photos,
                container.database.feedback(),
                container.errors,
                month
            )
        }.state.collectAsStateWithLifecycle()
        MonthScreen(month, state, controller::popBackStack) {
            controller.navigate(Routes.interest(it, Period.Month(month)))
        }
    }
    composable(Routes.ALBUMS) {
        val model = viewModel {
            AlbumsViewModel(container.source, container.database.feedback(), container.errors) {
                    album,
                    scanned
                ->
                if (scanned) container.include(album) else container.exclude(album)
            }
        }
        val state by model.state.collectAsStateWithLifecycle()
        AlbumsScreen(state, model::setRead, onBack = controller::popBackStack)
    }
    composable(Routes.SCAN) {
        val model = viewModel {
            ScanViewModel(container.scans, container.photos, container.settings, container.errors)
        }
        val state by model.state.collectAsStateWithLifecycle()
        val actions = ScanActions(
            model::start,
            model::pause,
            model::stop,
            model::showMore,
            model::setAutoScan,
            back = controller::popBackStack
        )
        ScanScreen(state, actions)
    }
    composable(Routes.SUGGESTIONS) {
        val model = viewModel {
            SuggestionsViewModel(
                container.catalogueStore,
                container.recommender,
                container.photos,
                container.database.feedback(),
                container.errors
            )
        }
        SuggestionsRoute(model, onBack = controller::popBackStack) {
            controller.navigate(Routes.photo(it))
        }
    }
}

/** A screen with arguments, which is left at once where they mean nothing. */
internal fun <T : Any> NavGraphBuilder.checked(
    route: String,
    controller: NavHostController,
    arguments: (NavBackStackEntry) -> T?,
    optional: List<String> = emptyList(),
    content: @Composable (T) -> Unit
) = composable(route, optional.map { navArgument(it) { nullable = true } }) { entry ->
    val read = arguments(entry)
    if (read == null) {
        LaunchedEffect(entry) { controller.popBackStack() }
    } else {
        content(read)
    }
}
