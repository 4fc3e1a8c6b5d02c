package org.photointerests.ui

import android.content.Context
import android.content.Intent
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.ui.platform.LocalContext
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.lifecycle.viewmodel.compose.viewModel
import androidx.navigation.NavGraph.Companion.findStartDestination
import androidx.navigation.NavGraphBuilder
import androidx.navigation.NavHostController
import androidx.navigation.compose.composable
import org.photointerests.PhotoInterests
import org.photointerests.insights.interests.Period
import org.photointerests.pipeline.scan.describe
import org.photointerests.ui.interests.InterestsRoute
import org.photointerests.ui.interests.InterestsViewModel
import org.photointerests.ui.scan.ScanActions
import org.photointerests.ui.scan.ScanScreen
import org.photointerests.ui.scan.ScanViewModel
import org.photointerests.ui.settings.MeasurementActions
import org.photointerests.ui.settings.Measurements
import org.photointerests.ui.settings.SettingsActions
import org.photointerests.ui.settings.SettingsScreen
import org.photointerests.ui.settings.SettingsViewModel
import org.photointerests.ui.settings.shareProfile
import org.photointerests.ui.suggestions.SuggestionsRoute
import org.photointerests.ui.suggestions.SuggestionsViewModel
import org.photointerests.ui.timeline.TimelineScreen
import org.photointerests.ui.timeline.TimelineViewModel

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
    interests: InterestsViewModel
) {
    composable(TopLevelDestination.INTERESTS.route) {
        InterestsRoute(
            interests,
            onOpenScan = { controller.open(TopLevelDestination.SCAN) },
            onOpenInterest = { id, period -> controller.navigate(Routes.interest(id, period)) }
        )
    }
    composable(TopLevelDestination.TIMELINE.route) {
        val months by viewModel {
            TimelineViewModel(
                container.interests,
                container.photos,
                container.database.feedback(),
                container.errors
            )
        }.months.collectAsStateWithLifecycle()
        TimelineScreen(months) { month ->
            interests.choose(Period.Month(month))
            controller.open(TopLevelDestination.INTERESTS)
        }
    }
    composable(TopLevelDestination.SUGGESTIONS.route) {
        val model = viewModel {
            SuggestionsViewModel(
                container.catalogueStore,
                container.recommender,
                container.photos,
                container.database.feedback(),
                container.errors
            )
        }
        SuggestionsRoute(model) { controller.navigate(Routes.photo(it)) }
    }
    composable(TopLevelDestination.SCAN.route) {
        val model = viewModel {
            ScanViewModel(container.scans, container.photos, container.settings, container.errors)
        }
        val state by model.state.collectAsStateWithLifecycle()
        val actions = ScanActions(
            model::start,
            model::pause,
            model::stop,
            model::showMore,
            model::setAutoScan
        )
        ScanScreen(state, actions)
    }
    composable(TopLevelDestination.SETTINGS.route) { Settings(container, controller) }
}

@Composable
private fun Settings(container: PhotoInterests, controller: NavHostController) {
    val model = viewModel {
        SettingsViewModel(
            container.settings,
            container.database.feedback(),
            container.scans,
            container.export,
            container.bundle.card,
            container.errors,
            { Measurements(container.accelerators, container::benchmark, container.errors, it) },
            container::deleteEverything
        )
    }
    val state by model.state.collectAsStateWithLifecycle()
    val context = LocalContext.current
    val actions = SettingsActions(
        model::choose,
        model::chooseThreads,
        model::clearFeedback,
        model::deleteEverything,
        openPrivacy = { controller.navigate(Routes.PRIVACY) },
        chooseOnlyCharging = model::chooseOnlyCharging,
        measure = MeasurementActions(model::checkAccelerators, model::timeSteps) {
            context.share(context.describe(it))
        },
        openAlbums = { controller.navigate(Routes.ALBUMS) },
        openLicences = { controller.navigate(Routes.LICENCES) },
        export = { model.export(context::shareProfile) },
        showSensitive = model::showSensitive
    )
    SettingsScreen(state, actions)
}

/** Lets the user choose an app to pass a text on to. */
private fun Context.share(text: String) {
    val send = Intent(Intent.ACTION_SEND).setType("text/plain").putExtra(Intent.EXTRA_TEXT, text)
    startActivity(Intent.createChooser(send, null))
}
