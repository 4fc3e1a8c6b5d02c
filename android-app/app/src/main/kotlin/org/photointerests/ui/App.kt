package org.photointerests.ui

import androidx.compose.material3.Surface
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.produceState
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.lifecycle.createSavedStateHandle
import androidx.lifecycle.viewmodel.compose.viewModel
import androidx.navigation.NavHostController
import androidx.navigation.compose.NavHost
import androidx.navigation.compose.currentBackStackEntryAsState
import androidx.navigation.compose.rememberNavController
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import org.photointerests.PhotoInterests
import org.photointerests.core.AppError
import org.photointerests.core.appErrorOf
import org.photointerests.ui.designsystem.Loading
import org.photointerests.ui.error.ErrorScreen
import org.photointerests.ui.interests.InterestsViewModel

/** All screens, and the navigation between them. */
@Composable
fun App(container: PhotoInterests) {
    val controller = rememberNavController()
    val met by container.errors.state.collectAsStateWithLifecycle()
    val card by produceState<CardState>(CardState.Loading) { value = loadCard(container) }
    val error = met ?: (card as? CardState.Unusable)?.error
    when {
        error != null -> ErrorScreen(error, container.errors::tryAgain)
        card == CardState.Loading -> Surface { Loading() }
        else -> Screens(container, controller)
    }
}

/** Every screen needs the card of the models: without it there is none to show. */
internal sealed interface CardState {
    data object Loading : CardState

    data object Loaded : CardState

    data class Unusable(val error: AppError) : CardState
}

/** Reads the card, which takes longer than the main thread has. */
internal suspend fun loadCard(container: PhotoInterests): CardState = withContext(Dispatchers.IO) {
    try {
        container.bundle.card
        CardState.Loaded
    } catch (error: Exception) {
        CardState.Unusable(appErrorOf(error) ?: throw error)
    }
}

@Composable
private fun Screens(container: PhotoInterests, controller: NavHostController) {
    val interests = viewModel {
        InterestsViewModel(
            container.interests,
            container.photos,
            container.database.feedback(),
            container.source,
            container.scans,
            container.errors,
            container.bundle.card,
            createSavedStateHandle()
        )
    }
    val entry by controller.currentBackStackEntryAsState()
    val destination = TopLevelDestination.entries.find { it.route == entry?.destination?.route }
    WithNavigation(destination, controller::open) { modifier ->
        NavHost(controller, TopLevelDestination.INTERESTS.route, modifier) {
            topLevel(container, controller, interests)
            details(container, controller)
        }
    }
}
