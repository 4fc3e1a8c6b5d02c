package org.photointerests.ui

import android.content.Context
import android.content.Intent
import android.provider.Settings.ACTION_SECURITY_SETTINGS
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.platform.LocalContext
import androidx.lifecycle.compose.LifecycleResumeEffect
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.lifecycle.viewmodel.compose.viewModel
import androidx.navigation.NavGraphBuilder
import androidx.navigation.NavHostController
import androidx.navigation.compose.composable
import androidx.work.WorkManager
import org.photointerests.PhotoInterests
import org.photointerests.feedback.feedback
import org.photointerests.pipeline.scan.describe
import org.photointerests.ui.analyzers.AnalyzersRoute
import org.photointerests.ui.analyzers.AnalyzersViewModel
import org.photointerests.ui.analyzers.PacksViewModel
import org.photointerests.ui.licences.LicencesScreen
import org.photointerests.ui.licences.rememberLibraries
import org.photointerests.ui.lock.hasScreenLock
import org.photointerests.ui.lock.rememberScreenLockPrompt
import org.photointerests.ui.monthly.MonthlySchedule
import org.photointerests.ui.monthly.rememberNotificationSwitch
import org.photointerests.ui.privacy.PrivacyScreen
import org.photointerests.ui.privacy.PrivacyViewModel
import org.photointerests.ui.settings.AdvancedActions
import org.photointerests.ui.settings.AdvancedScreen
import org.photointerests.ui.settings.AdvancedViewModel
import org.photointerests.ui.settings.HelpScreen
import org.photointerests.ui.settings.MeasurementActions
import org.photointerests.ui.settings.Measurements
import org.photointerests.ui.settings.SettingsActions
import org.photointerests.ui.settings.SettingsScreen
import org.photointerests.ui.settings.SettingsViewModel
import org.photointerests.ui.settings.appLanguage
import org.photointerests.ui.settings.setAppLanguage
import org.photointerests.ui.transfer.TransferRoute
import org.photointerests.ui.transfer.TransferViewModel

/** The settings, and the pages that they lead to. */
internal fun NavGraphBuilder.settings(container: PhotoInterests, controller: NavHostController) {
    composable(Routes.SETTINGS) { Settings(container, controller) }
    composable(Routes.ADVANCED) { Advanced(container, controller) }
    composable(Routes.HELP) { HelpScreen(onBack = controller::popBackStack) }
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
    composable(Routes.ANALYZERS) {
        val model = viewModel {
            AnalyzersViewModel(
                container.analyzers.choices,
                container.errors,
                container::setAnalyzer
            )
        }
        val packs = viewModel {
            PacksViewModel(
                container.packs,
                container.errors,
                container::addPack,
                container::removePack
            )
        }
        AnalyzersRoute(
            model,
            packs,
            container.locations::isAllowed,
            openConsent = { controller.navigate(Routes.PEOPLE_CONSENT) },
            onBack = controller::popBackStack
        )
    }
    composable(Routes.TRANSFER) {
        val model = viewModel {
            TransferViewModel(container.export, container.profileImport, container.errors)
        }
        TransferRoute(model, onBack = controller::popBackStack)
    }
    composable(Routes.LICENCES) {
        LicencesScreen(
            rememberLibraries(),
            container.analyzerSources,
            onBack = controller::popBackStack
        )
    }
}

@Composable
private fun Settings(container: PhotoInterests, controller: NavHostController) {
    val context = LocalContext.current
    val model = viewModel {
        SettingsViewModel(
            container.settings,
            container.scans,
            MonthlySchedule(WorkManager.getInstance(context)),
            container.bundle.card,
            container.interests.thisMonth,
            container.errors,
            container::deleteEverything
        )
    }
    val state by model.state.collectAsStateWithLifecycle()
    var hasScreenLock by remember { mutableStateOf(context.hasScreenLock()) }
    LifecycleResumeEffect(context) {
        hasScreenLock = context.hasScreenLock()
        onPauseOrDispose {}
    }
    val lock = rememberScreenLockPrompt { model.setAppLock(true) }
    val open = { route: String -> { controller.navigate(route) } }
    val actions = SettingsActions(
        back = { controller.popBackStack() },
        setAutoScan = model::setAutoScan,
        setOnlyCharging = model::setOnlyCharging,
        openScan = open(Routes.SCAN),
        openAlbums = open(Routes.ALBUMS),
        openAnalyzers = open(Routes.ANALYZERS),
        setTheme = model::setTheme,
        setLanguage = context::setAppLanguage,
        setMonthlyNotification = rememberNotificationSwitch(model::setMonthlyNotification),
        setAppLock = { on -> if (on) lock() else model.setAppLock(false) },
        openScreenLock = { context.startActivity(Intent(ACTION_SECURITY_SETTINGS)) },
        setHideInRecents = model::setHideInRecents,
        showSensitive = model::showSensitive,
        openPrivacy = open(Routes.PRIVACY),
        openTransfer = open(Routes.TRANSFER),
        deleteEverything = model::deleteEverything,
        openAdvanced = open(Routes.ADVANCED),
        openHelp = open(Routes.HELP),
        openLicences = open(Routes.LICENCES)
    )
    SettingsScreen(
        state,
        context.appLanguage(),
        context.versionName(),
        actions,
        hasScreenLock
    )
}

@Composable
private fun Advanced(container: PhotoInterests, controller: NavHostController) {
    val model = viewModel {
        AdvancedViewModel(container.settings, container.errors) {
            Measurements(container.accelerators, container::benchmark, container.errors, it)
        }
    }
    val state by model.state.collectAsStateWithLifecycle()
    val context = LocalContext.current
    val actions = AdvancedActions(
        back = { controller.popBackStack() },
        choose = model::choose,
        chooseThreads = model::chooseThreads,
        measure = MeasurementActions(model::checkAccelerators, model::timeSteps) {
            context.share(context.describe(it))
        }
    )
    AdvancedScreen(state, actions)
}

private fun Context.versionName(): String =
    packageManager.getPackageInfo(packageName, 0).versionName.orEmpty()

/** Lets the user choose an app to pass a text on to. */
private fun Context.share(text: String) {
    val send = Intent(Intent.ACTION_SEND).setType("text/plain").putExtra(Intent.EXTRA_TEXT, text)
    startActivity(Intent.createChooser(send, null))
}
