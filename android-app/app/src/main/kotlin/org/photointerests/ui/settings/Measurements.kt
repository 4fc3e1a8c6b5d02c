package org.photointerests.ui.settings

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.launch
import org.photointerests.core.ErrorState
import org.photointerests.pipeline.runtime.AcceleratorReport
import org.photointerests.pipeline.runtime.AcceleratorSelector
import org.photointerests.pipeline.runtime.BenchmarkResult

/** What can be measured on this phone. */
enum class Measurement { ACCELERATORS, STEPS }

/** What was measured: null for what was not yet. One measurement is [running] at a time. */
data class MeasurementState(
    val accelerators: AcceleratorReport? = null,
    val steps: BenchmarkResult? = null,
    val running: Measurement? = null
)

/** What the user can have measured, and pass on. */
class MeasurementActions(
    val checkAccelerators: () -> Unit = {},
    val timeSteps: () -> Unit = {},
    val share: (BenchmarkResult) -> Unit = {}
)

/** Measures this phone while its screen is open. */
class Measurements(
    private val selector: AcceleratorSelector,
    private val benchmark: suspend () -> BenchmarkResult,
    private val errors: ErrorState,
    private val scope: CoroutineScope
) {
    private val running = MutableStateFlow<Measurement?>(null)
    private val steps = MutableStateFlow<BenchmarkResult?>(null)

    val state: Flow<MeasurementState> = combine(selector.report, steps, running, ::MeasurementState)

    fun checkAccelerators(threads: Int) =
        measure(Measurement.ACCELERATORS) { selector.checkAgain(threads) }

    fun timeSteps() = measure(Measurement.STEPS) { steps.value = benchmark() }

    private fun measure(what: Measurement, action: suspend () -> Unit) {
        if (!running.compareAndSet(null, what)) return
        scope.launch {
            try {
                errors.runReporting(action)
            } finally {
                running.value = null
            }
        }
    }
}
