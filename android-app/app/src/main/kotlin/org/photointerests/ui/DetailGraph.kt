package org.photointerests.ui

import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.lifecycle.viewmodel.compose.viewModel
import androidx.navigation.NavBackStackEntry
import androidx.navigation.NavGraphBuilder
import androidx.navigation.NavHostController
import androidx.navigation.compose.composable
import org.photointerests.PhotoInterests
import org.photointerests.ui.albums.AlbumsScreen
import org.photointerests.ui.albums.AlbumsViewModel
import org.photointerests.ui.interest.InterestActions
import org.photointerests.ui.interest.InterestScreen
import org.photointerests.ui.interest.InterestViewModel
import org.photointerests.ui.licences.LicencesScreen
import org.photointerests.ui.licences.rememberLibraries
import org.photointerests.ui.photo.PhotoScreen
import org.photointerests.ui.photo.PhotoViewModel
import org.photointerests.ui.privacy.PrivacyScreen
import org.photointerests.ui.privacy.PrivacyViewModel

/** The screens that others lead to, and that a person leaves by going back. */
internal fun NavGraphBuilder.details(container: PhotoInterests, controller: NavHostController) {
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
        val actions = InterestActions(
            back = { controller.popBackStack() },
            openPhoto = { controller.navigate(Routes.photo(it)) },
            showMore = model::showMore,
            toggleReason = model::toggleReason,
            setHidden = model::setHidden,
            setPinned = model::setPinned
        )
        InterestScreen(state, actions)
    }
    checked(Routes.PHOTO, controller, Routes::photoOf) { key ->
        val state by viewModel {
            PhotoViewModel(
                container.interests,
                container.photos,
                container.locations,
                container.errors,
                key
            )
        }.state.collectAsStateWithLifecycle()
        PhotoScreen(state, onBack = controller::popBackStack)
    }
    composable(Routes.PRIVACY) {
        val state by viewModel {
            PrivacyViewModel(
                container.photos,
                container.database.feedback(),
                container.catalogueStore.changes,
                container.bundle.card,
                container.errors,
                container::storedBytes
            )
        }.state.collectAsStateWithLifecycle()
        PrivacyScreen(state, onBack = controller::popBackStack)
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
    composable(Routes.LICENCES) {
        LicencesScreen(rememberLibraries(), onBack = controller::popBackStack)
    }
}

/** A screen with arguments, which is left at once where they mean nothing. */
private fun <T : Any> NavGraphBuilder.checked(
    route: String,
    controller: NavHostController,
    arguments: (NavBackStackEntry) -> T?,
    content: @Composable (T) -> Unit
) = composable(route) { entry ->
    val read = arguments(entry)
    if (read == null) {
        LaunchedEffect(entry) { controller.popBackStack() }
    } else {
        content(read)
    }
}
