package org.photointerests.ui

import androidx.navigation.NavGraph.Companion.findStartDestination
import androidx.navigation.NavGraphBuilder
import androidx.navigation.NavHostController
import org.photointerests.PhotoInterests
import org.photointerests.ui.designsystem.Snackbars
import org.photointerests.ui.interests.InterestsViewModel

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
    sharing(TopLevelDestination.INTERESTS.route) {
        InterestsPanes(container, controller, interests, snackbars)
    }
    sharing(TopLevelDestination.TIMELINE.route) { TimelinePanes(container, controller) }
    sharing(TopLevelDestination.LIBRARY.route) { LibraryPanes(container, controller, snackbars) }
}
