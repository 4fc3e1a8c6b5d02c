package org.photointerests.ui

import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.ui.platform.LocalContext
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.lifecycle.viewmodel.compose.viewModel
import androidx.navigation.NavBackStackEntry
import androidx.navigation.NavGraphBuilder
import androidx.navigation.NavHostController
import androidx.navigation.compose.composable
import androidx.navigation.navArgument
import org.photointerests.PhotoInterests
import org.photointerests.feedback.feedback
import org.photointerests.ui.albums.AlbumsScreen
import org.photointerests.ui.albums.AlbumsViewModel
import org.photointerests.ui.designsystem.Snackbars
import org.photointerests.ui.scan.ScanActions
import org.photointerests.ui.scan.ScanScreen
import org.photointerests.ui.scan.ScanViewModel
import org.photointerests.ui.sharecard.ShareCardRoute
import org.photointerests.ui.sharecard.ShareCardViewModel
import org.photointerests.ui.suggestions.SuggestionsRoute
import org.photointerests.ui.suggestions.SuggestionsViewModel

/** The screens that others lead to, and that a person leaves by going back. */
internal fun NavGraphBuilder.details(
    container: PhotoInterests,
    controller: NavHostController,
    snackbars: Snackbars
) {
    checked(Routes.INTEREST, controller, Routes::interestOf) { (id, period) ->
        val back: () -> Unit = { controller.popBackStack() }
        InterestPage(container, controller, snackbars, id, period, back, leave = back)
    }
    checked(Routes.MONTH, controller, Routes::monthOf) { month ->
        MonthPage(container, controller, month) { controller.popBackStack() }
    }
    composable(Routes.SHARE_CARD) {
        val folder = LocalContext.current.cacheDir.resolve("exports")
        val model = viewModel { ShareCardViewModel(container.interests, container.errors, folder) }
        ShareCardRoute(model, onBack = controller::popBackStack)
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
        SuggestionsRoute(model, snackbars, onBack = controller::popBackStack) {
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
