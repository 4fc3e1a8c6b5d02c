package org.photointerests.ui.settings

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import java.io.File
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.launch
import org.photointerests.core.Category
import org.photointerests.core.Choices
import org.photointerests.core.ErrorState
import org.photointerests.core.ModelCard
import org.photointerests.core.Settings
import org.photointerests.core.Shown
import org.photointerests.core.retryAfterError
import org.photointerests.insights.interests.ProfileExport
import org.photointerests.pipeline.runtime.Accelerator
import org.photointerests.pipeline.scan.ScanController

private const val KEEP_MS = 5000L

/**
 * What the user chose, and what there is to choose from; [sensitive] are the interests that are shown
 * on request alone.
 */
data class SettingsState(
    val choices: Choices,
    val accelerators: List<Accelerator>,
    val threads: List<Int>,
    val sensitive: List<Category>,
    val measured: MeasurementState = MeasurementState()
)

/** Shows and changes the settings. */
class SettingsViewModel(
    private val settings: Settings,
    private val scans: ScanController,
    private val profile: ProfileExport,
    card: ModelCard,
    private val errors: ErrorState,
    measurements: (CoroutineScope) -> Measurements,
    private val deleteAll: suspend () -> Unit
) : ViewModel() {
    private val measurements = measurements(viewModelScope)

    /** Null until they are read. */
    val state: StateFlow<SettingsState?> = combine(
        settings.choices,
        this.measurements.state
    ) { choices, measured ->
        SettingsState(
            choices,
            Accelerator.entries.filter { it.isAvailable() },
            settings.threadChoices,
            card.interests.filter { it.shown == Shown.ON_REQUEST },
            measured
        )
    }.retryAfterError(errors)
        .flowOn(Dispatchers.Default)
        .stateIn(viewModelScope, SharingStarted.WhileSubscribed(KEEP_MS), null)

    fun choose(accelerator: Accelerator?) = change { settings.setAccelerator(accelerator) }

    fun chooseThreads(threads: Int) = change { settings.setThreads(threads) }

    fun chooseOnlyCharging(onlyCharging: Boolean) = change { scans.setOnlyCharging(onlyCharging) }

    fun showSensitive(shown: Boolean) = change { settings.setSensitive(shown) }

    fun checkAccelerators() = measurements.checkAccelerators(settings.threadChoices.last())

    fun timeSteps() = measurements.timeSteps()

    /** Writes the profile to a file and hands it to [share]. */
    fun export(share: (File) -> Unit) = change { share(profile.write()) }

    fun deleteEverything() = change(deleteAll)

    private fun change(action: suspend () -> Unit) {
        viewModelScope.launch { errors.runReporting(action) }
    }
}
