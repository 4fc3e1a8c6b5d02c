package org.photointerests.ui

import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.ui.platform.LocalContext
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.lifecycle.viewmodel.compose.viewModel
import androidx.navigation.NamedNavArgument
import androidx.navigation.NavBackStackEntry
import androidx.navigation.NavGraphBuilder
import androidx.navigation.NavHostController
import androidx.navigation.compose.composable
import androidx.navigation.navArgument
import org.photointerests.PhotoInterests
import org.photointerests.ui.designsystem.SharingScreen
import org.photointerests.ui.designsystem.Snackbars
import org.photointerests.ui.scan.ScanActions
import org.photointerests.ui.scan.ScanScreen
import org.photointerests.ui.scan.ScanViewModel
import org.photointerests.ui.sharecard.ShareCardRoute
import org.photointerests.ui.sharecard.ShareCardViewModel

/** The screens that others lead to, and that a person leaves by going back. */
internal fun NavGraphBuilder.details(
    container: PhotoInterests,
    controller: NavHostController,
    snackbars: Snackbars
) {
    val back: () -> Unit = { controller.popBackStack() }
    checked(Routes.INTEREST, controller, Routes::interestOf) { (id, period) ->
        InterestPage(container, controller, snackbars, id, period, back, leave = back)
    }
    checked(Routes.MONTH, controller, Routes::monthOf) { month ->
        MonthPage(container, controller, month, back)
    }
    composable(Routes.SHARE_CARD) {
        val folder = LocalContext.current.cacheDir.resolve("exports")
        val model = viewModel { ShareCardViewModel(container.interests, container.errors, folder) }
        ShareCardRoute(model, onBack = back)
    }
    composable(Routes.ALBUMS) { AlbumsPage(container, back) }
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
            back = back
        )
        ScanScreen(state, actions)
    }
    composable(Routes.SUGGESTIONS) {
        SuggestionsPage(container, controller, snackbars, back)
    }
}

/** A screen with arguments, which is left at once where they mean nothing. */
internal fun <T : Any> NavGraphBuilder.checked(
    route: String,
    controller: NavHostController,
    arguments: (NavBackStackEntry) -> T?,
    optional: List<String> = emptyList(),
    content: @Composable (T) -> Unit
) = sharing(route, optional.map { navArgument(it) { nullable = true } }) { entry ->
    val read = arguments(entry)
    if (read == null) {
        LaunchedEffect(entry) { controller.popBackStack() }
    } else {
        content(read)
    }
}

/** A screen that photos pass to and from. */
internal fun NavGraphBuilder.sharing(
    route: String,
    arguments: List<NamedNavArgument> = emptyList(),
    content: @Composable (NavBackStackEntry) -> Unit
) = composable(route, arguments) { entry -> SharingScreen(this) { content(entry) } }
