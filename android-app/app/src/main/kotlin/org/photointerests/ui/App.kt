package org.photointerests.ui

import android.content.Context
import android.content.Intent
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import androidx.compose.ui.platform.LocalContext
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.lifecycle.createSavedStateHandle
import androidx.lifecycle.viewmodel.compose.viewModel
import androidx.navigation.NavGraph.Companion.findStartDestination
import androidx.navigation.NavGraphBuilder
import androidx.navigation.NavHostController
import androidx.navigation.compose.NavHost
import androidx.navigation.compose.composable
import androidx.navigation.compose.currentBackStackEntryAsState
import androidx.navigation.compose.rememberNavController
import org.photointerests.PhotoInterests
import org.photointerests.gallery.PhotoKey
import org.photointerests.interests.Period
import org.photointerests.scan.describe
import org.photointerests.store.Fault
import org.photointerests.store.faultOf
import org.photointerests.ui.albums.AlbumsScreen
import org.photointerests.ui.albums.AlbumsViewModel
import org.photointerests.ui.fault.FaultScreen
import org.photointerests.ui.interest.InterestScreen
import org.photointerests.ui.interest.InterestViewModel
import org.photointerests.ui.interests.InterestsRoute
import org.photointerests.ui.interests.InterestsViewModel
import org.photointerests.ui.licences.LicencesScreen
import org.photointerests.ui.licences.rememberLibraries
import org.photointerests.ui.photo.PhotoScreen
import org.photointerests.ui.photo.PhotoViewModel
import org.photointerests.ui.privacy.PrivacyScreen
import org.photointerests.ui.privacy.PrivacyViewModel
import org.photointerests.ui.scan.ScanActions
import org.photointerests.ui.scan.ScanScreen
import org.photointerests.ui.scan.ScanViewModel
import org.photointerests.ui.settings.MeasurementActions
import org.photointerests.ui.settings.SettingsActions
import org.photointerests.ui.settings.SettingsScreen
import org.photointerests.ui.settings.SettingsViewModel
import org.photointerests.ui.settings.shareProfile
import org.photointerests.ui.suggestions.SuggestionsRoute
import org.photointerests.ui.suggestions.SuggestionsViewModel
import org.photointerests.ui.timeline.TimelineScreen
import org.photointerests.ui.timeline.TimelineViewModel

/** All screens, and the ways between them. */
@Composable
fun App(container: PhotoInterests) {
    val controller = rememberNavController()
    val met by container.faults.state.collectAsStateWithLifecycle()
    val fault = met ?: remember { cardFault(container) }
    if (fault == null) {
        Screens(container, controller)
    } else {
        FaultScreen(fault, container.faults::tryAgain)
    }
}

/** Every screen needs the card: without it there is none to show. */
internal fun cardFault(container: PhotoInterests): Fault? =
    runCatching { container.bundle.card }.exceptionOrNull()?.let { faultOf(it) ?: throw it }

@Composable
private fun Screens(container: PhotoInterests, controller: NavHostController) {
    val interests = viewModel { InterestsViewModel(container, createSavedStateHandle()) }
    val entry by controller.currentBackStackEntryAsState()
    val place = Place.entries.find { it.route == entry?.destination?.route }
    WithPlaceBar(place, controller::open) { modifier ->
        NavHost(controller, Place.INTERESTS.route, modifier) {
            places(container, controller, interests)
            interest(container, controller)
            photo(container, controller)
            composable(Routes.PRIVACY) {
                val state by viewModel { PrivacyViewModel(container) }
                    .state.collectAsStateWithLifecycle()
                PrivacyScreen(state, onBack = controller::popBackStack)
            }
            composable(Routes.ALBUMS) {
                val model = viewModel { AlbumsViewModel(container) }
                val state by model.state.collectAsStateWithLifecycle()
                AlbumsScreen(state, model::setRead, onBack = controller::popBackStack)
            }
            composable(Routes.LICENCES) {
                LicencesScreen(rememberLibraries(), onBack = controller::popBackStack)
            }
        }
    }
}

/** Opens a place; going back from it always leads to the first one. */
private fun NavHostController.open(place: Place) = navigate(place.route) {
    popUpTo(graph.findStartDestination().id) { saveState = true }
    launchSingleTop = true
    restoreState = true
}

private fun NavGraphBuilder.places(
    container: PhotoInterests,
    controller: NavHostController,
    interests: InterestsViewModel
) {
    composable(Place.INTERESTS.route) {
        InterestsRoute(
            container,
            interests,
            onOpenScan = { controller.open(Place.SCAN) },
            onOpenInterest = { id, period -> controller.navigate(Routes.interest(id, period)) }
        )
    }
    composable(Place.TIMELINE.route) {
        val months by viewModel { TimelineViewModel(container) }
            .months.collectAsStateWithLifecycle()
        TimelineScreen(months) { month ->
            interests.choose(Period.Month(month))
            controller.open(Place.INTERESTS)
        }
    }
    composable(Place.SUGGESTIONS.route) {
        SuggestionsRoute(viewModel { SuggestionsViewModel(container) }) {
            controller.navigate(Routes.photo(it))
        }
    }
    composable(Place.SCAN.route) {
        val model = viewModel { ScanViewModel(container) }
        val state by model.state.collectAsStateWithLifecycle()
        val actions = ScanActions(model::start, model::pause, model::stop, model::showMore)
        ScanScreen(state, actions)
    }
    composable(Place.SETTINGS.route) {
        val model = viewModel { SettingsViewModel(container) }
        val state by model.state.collectAsStateWithLifecycle()
        val context = LocalContext.current
        val actions = SettingsActions(
            model::choose,
            model::chooseThreads,
            model::forgetWord,
            model::deleteEverything,
            openPrivacy = { controller.navigate(Routes.PRIVACY) },
            chooseOnlyCharging = model::chooseOnlyCharging,
            measure = MeasurementActions(model::checkAccelerators, model::timeSteps) {
                context.share(context.describe(it))
            },
            openAlbums = { controller.navigate(Routes.ALBUMS) },
            openLicences = { controller.navigate(Routes.LICENCES) },
            export = { model.export(context::shareProfile) }
        )
        SettingsScreen(state, actions)
    }
}

private fun NavGraphBuilder.interest(container: PhotoInterests, controller: NavHostController) {
    composable(Routes.INTEREST) { entry ->
        val id = checkNotNull(entry.arguments?.getString("category"))
        val period: Period = Routes.period(checkNotNull(entry.arguments?.getString("period")))
        val model = viewModel { InterestViewModel(container, id, period) }
        val state by model.state.collectAsStateWithLifecycle()
        InterestScreen(
            state,
            onBack = controller::popBackStack,
            onOpenPhoto = { controller.navigate(Routes.photo(it)) },
            onSetHidden = model::setHidden,
            onSetWanted = model::setWanted
        )
    }
}

private fun NavGraphBuilder.photo(container: PhotoInterests, controller: NavHostController) {
    composable(Routes.PHOTO) { entry ->
        val volume = checkNotNull(entry.arguments?.getString("volume"))
        val id = checkNotNull(entry.arguments?.getString("id")).toLong()
        val state by viewModel { PhotoViewModel(container, PhotoKey(volume, id)) }
            .state.collectAsStateWithLifecycle()
        PhotoScreen(state, onBack = controller::popBackStack)
    }
}

/** Lets the user choose an app to pass a text on to. */
private fun Context.share(text: String) {
    val send = Intent(Intent.ACTION_SEND).setType("text/plain").putExtra(Intent.EXTRA_TEXT, text)
    startActivity(Intent.createChooser(send, null))
}
