package org.photointerests.ui

import androidx.annotation.StringRes
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.ui.platform.LocalResources
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.lifecycle.viewmodel.compose.viewModel
import androidx.navigation.NavGraph.Companion.findStartDestination
import androidx.navigation.NavGraphBuilder
import androidx.navigation.NavHostController
import androidx.navigation.compose.composable
import org.photointerests.PhotoInterests
import org.photointerests.R
import org.photointerests.core.Category
import org.photointerests.feedback.feedback
import org.photointerests.insights.interests.Period
import org.photointerests.ui.designsystem.Snackbars
import org.photointerests.ui.designsystem.UndoableAction
import org.photointerests.ui.designsystem.currentLocale
import org.photointerests.ui.designsystem.inLanguage
import org.photointerests.ui.interests.InterestsViewModel
import org.photointerests.ui.library.LibraryActions
import org.photointerests.ui.library.LibraryScreen
import org.photointerests.ui.library.LibraryViewModel

/** Opens a screen of the navigation bar; going back from it always leads to the first one. */
internal fun NavHostController.open(destination: TopLevelDestination) =
    navigate(destination.route) {
        popUpTo(graph.findStartDestination().id) { saveState = true }
        launchSingleTop = true
        restoreState = true
    }

/** The screens of the navigation bar. */
internal fun NavGraphBuilder.topLevel(
    container: PhotoInterests,
    controller: NavHostController,
    interests: InterestsViewModel,
    snackbars: Snackbars
) {
    val openSettings = { controller.navigate(Routes.SETTINGS) }
    composable(TopLevelDestination.INTERESTS.route) {
        InterestsPanes(container, controller, interests, snackbars)
    }
    composable(TopLevelDestination.TIMELINE.route) { TimelinePanes(container, controller) }
    composable(TopLevelDestination.LIBRARY.route) {
        val model = viewModel {
            LibraryViewModel(
                container.source,
                container.database.feedback(),
                container.bundle.card,
                container.errors
            )
        }
        val state by model.state.collectAsStateWithLifecycle()
        val actions = LibraryActions(
            openSettings,
            openAlbums = { controller.navigate(Routes.ALBUMS) },
            openPlaces = container.places?.let { { controller.navigate(Routes.PLACES) } },
            openSuggestions = { controller.navigate(Routes.SUGGESTIONS) },
            openInterest = { controller.navigate(Routes.interest(it.id, Period.All)) },
            unpin = snackbars.undoing(R.string.library_unpinned, model::unpin),
            show = snackbars.undoing(R.string.library_shown, model::show)
        )
        LibraryScreen(state, actions)
    }
}

/** Offers to undo what is done to an interest, and says so with its name in the text. */
@Composable
private fun Snackbars.undoing(
    @StringRes text: Int,
    action: (Category, String) -> UndoableAction
): (Category) -> Unit {
    val resources = LocalResources.current
    val locale = currentLocale()
    return { category ->
        val name = category.names.inLanguage(locale)
        offer(action(category, resources.getString(text, name)))
    }
}
