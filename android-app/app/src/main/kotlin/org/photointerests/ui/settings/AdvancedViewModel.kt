package org.photointerests.ui.settings

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.launch
import org.photointerests.core.Choices
import org.photointerests.core.ErrorState
import org.photointerests.core.Settings
import org.photointerests.core.retryAfterError
import org.photointerests.pipeline.runtime.Accelerator

private const val KEEP_MS = 5000L

/** What the scan runs on, what there is to choose from, and what was measured. */
data class AdvancedState(
    val choices: Choices,
    val accelerators: List<Accelerator>,
    val threads: List<Int>,
    val measured: MeasurementState = MeasurementState()
)

/** Shows and changes what the scan runs on. */
class AdvancedViewModel(
    private val settings: Settings,
    private val errors: ErrorState,
    measurements: (CoroutineScope) -> Measurements
) : ViewModel() {
    private val measurements = measurements(viewModelScope)

    /** Null until it is read. */
    val state: StateFlow<AdvancedState?> = combine(
        settings.choices,
        this.measurements.state
    ) { choices, measured ->
        val accelerators = Accelerator.entries.filter { it.isAvailable() }
        AdvancedState(choices, accelerators, settings.threadChoices, measured)
    }.retryAfterError(errors)
        .flowOn(Dispatchers.Default)
        .stateIn(viewModelScope, SharingStarted.WhileSubscribed(KEEP_MS), null)

    fun choose(accelerator: Accelerator?) = change { settings.setAccelerator(accelerator) }

    fun chooseThreads(threads: Int) = change { settings.setThreads(threads) }

    fun checkAccelerators() = measurements.checkAccelerators(settings.threadChoices.last())

    fun timeSteps() = measurements.timeSteps()

    private fun change(action: suspend () -> Unit) {
        viewModelScope.launch { errors.runReporting(action) }
    }
}
