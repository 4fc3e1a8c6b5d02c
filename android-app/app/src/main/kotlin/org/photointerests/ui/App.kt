package org.photointerests.ui

import androidx.compose.animation.AnimatedContentTransitionScope
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.material3.Surface
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.produceState
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalLayoutDirection
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.LayoutDirection
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.lifecycle.viewmodel.compose.viewModel
import androidx.navigation.NavBackStackEntry
import androidx.navigation.NavHostController
import androidx.navigation.compose.NavHost
import androidx.navigation.compose.currentBackStackEntryAsState
import androidx.navigation.compose.rememberNavController
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import org.photointerests.PhotoInterests
import org.photointerests.R
import org.photointerests.core.AppError
import org.photointerests.core.appErrorOf
import org.photointerests.feedback.feedback
import org.photointerests.insights.interests.Period
import org.photointerests.ui.designsystem.Loading
import org.photointerests.ui.designsystem.Motion
import org.photointerests.ui.designsystem.SharedPhotos
import org.photointerests.ui.designsystem.Snackbars
import org.photointerests.ui.error.ErrorScreen
import org.photointerests.ui.interests.InterestsViewModel

/** All screens, and the navigation between them; [start] leads on from the first one. */
@Composable
fun App(container: PhotoInterests, start: StartAction? = null) {
    val controller = rememberNavController()
    val met by container.errors.state.collectAsStateWithLifecycle()
    val models by produceState<ModelState>(ModelState.Loading) {
        value = withContext(Dispatchers.IO) { openModels(container) }
    }
    val error = met ?: (models as? ModelState.Unusable)?.error
    when {
        error != null -> ErrorScreen(error, container.errors::tryAgain)
        models == ModelState.Loading -> Surface { Loading() }
        else -> Screens(container, controller, start)
    }
}

/** Every screen needs the card and the aggregator: without them there is none to show. */
internal sealed interface ModelState {
    data object Loading : ModelState

    data object Loaded : ModelState

    data class Unusable(val error: AppError) : ModelState
}

/** Reads the cards and checks the aggregator, which takes longer than the main thread has. */
internal fun openModels(container: PhotoInterests): ModelState = try {
    container.interests
    container.analyzers
    ModelState.Loaded
} catch (error: Exception) {
    ModelState.Unusable(appErrorOf(error) ?: throw error)
}

@Composable
private fun Screens(container: PhotoInterests, controller: NavHostController, start: StartAction?) {
    val interests = viewModel {
        InterestsViewModel(
            container.interests,
            container.photos,
            container.database.feedback(),
            container.source,
            container.scans,
            container.settings,
            container.errors,
            container.bundle.card
        )
    }
    val scope = rememberCoroutineScope()
    val undo = stringResource(R.string.undo)
    val snackbars = remember(undo) { Snackbars(scope, container.errors, undo) }
    val entry by controller.currentBackStackEntryAsState()
    val destination = TopLevelDestination.entries.find { it.route == entry?.destination?.route }
    // There is nowhere else to go before the first scan.
    val isStarting by interests.isStarting.collectAsStateWithLifecycle(false)
    val shown = destination.takeIf { !isStarting }
    WithNavigation(shown, controller::open, snackbars.host) { modifier ->
        val rtl = LocalLayoutDirection.current == LayoutDirection.Rtl
        SharedPhotos(modifier) {
            NavHost(
                controller,
                TopLevelDestination.INTERESTS.route,
                Modifier.fillMaxSize(),
                enterTransition = {
                    if (isBeside()) Motion.fadeThroughIn else Motion.axisIn(true, rtl)
                },
                exitTransition = { if (isBeside()) Motion.fadeOut else Motion.axisOut(true, rtl) },
                popEnterTransition = {
                    if (isBeside()) Motion.fadeThroughIn else Motion.axisIn(false, rtl)
                },
                popExitTransition = {
                    if (isBeside()) Motion.fadeOut else Motion.axisOut(false, rtl)
                }
            ) {
                topLevel(container, controller, interests, snackbars)
                details(container, controller, snackbars)
                photos(container, controller)
                places(container, controller)
                people(container, controller, snackbars)
                settings(container, controller)
            }
        }
    }
    if (start != null) {
        Once(start) {
            when (start) {
                StartAction.Search -> controller.navigate(Routes.search())
                StartAction.Scan -> {
                    interests.startScanIfAllowed()
                    controller.navigate(Routes.SCAN)
                }
                is StartAction.Month -> controller.navigate(Routes.month(start.month))
                is StartAction.Interest ->
                    controller.navigate(Routes.interest(start.categoryId, Period.All))
            }
        }
    }
}

/** Whether both screens are places of the navigation bar. */
private fun AnimatedContentTransitionScope<NavBackStackEntry>.isBeside(): Boolean =
    listOf(initialState, targetState).all { entry ->
        TopLevelDestination.entries.any { it.route == entry.destination.route }
    }

/** Runs [action] once for a [key], whatever the window goes through meanwhile. */
@Composable
private fun Once(key: Any, action: () -> Unit) {
    var done by rememberSaveable(key) { mutableStateOf(false) }
    LaunchedEffect(key) {
        if (!done) action()
        done = true
    }
}
