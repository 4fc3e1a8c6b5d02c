package org.photointerests.ui.settings

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import java.io.File
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.launch
import org.photointerests.PhotoInterests
import org.photointerests.interests.words
import org.photointerests.model.Accelerator
import org.photointerests.model.Category
import org.photointerests.store.Choices
import org.photointerests.store.waitingOut

private const val KEEP_MS = 5000L

/** What the user chose, and what there is to choose from. */
data class SettingsState(
    val choices: Choices,
    val accelerators: List<Accelerator>,
    val threads: List<Int>,
    val hidden: List<Category>,
    val wanted: List<Category>,
    val measured: MeasurementState = MeasurementState()
)

/** Shows and changes the settings. */
class SettingsViewModel(private val container: PhotoInterests) : ViewModel() {
    private val words = container.database.choices()
    private val measurements = Measurements(container, viewModelScope)

    /** Null until they are read. */
    val state: StateFlow<SettingsState?> =
        combine(
            container.settings.choices,
            words.words(),
            measurements.state
        ) { choices, words, measured ->
            SettingsState(
                choices,
                Accelerator.entries.filter { it.isAvailable() },
                container.settings.threadChoices,
                container.bundle.card.categories.filter { it.id in words.hidden },
                container.bundle.card.categories.filter { it.id in words.wanted },
                measured
            )
        }.waitingOut(container.faults)
            .flowOn(Dispatchers.Default)
            .stateIn(viewModelScope, SharingStarted.WhileSubscribed(KEEP_MS), null)

    fun choose(accelerator: Accelerator?) {
        viewModelScope.launch {
            container.faults.guard { container.settings.setAccelerator(accelerator) }
        }
    }

    fun chooseThreads(threads: Int) {
        viewModelScope.launch { container.faults.guard { container.settings.setThreads(threads) } }
    }

    fun chooseOnlyCharging(onlyCharging: Boolean) {
        viewModelScope.launch {
            container.faults.guard { container.scans.setOnlyCharging(onlyCharging) }
        }
    }

    fun checkAccelerators() = measurements.checkAccelerators()

    fun timeSteps() = measurements.timeSteps()

    /** Takes back what the user said of an interest. */
    fun forgetWord(category: Category) {
        viewModelScope.launch { container.faults.guard { words.forgetWord(category.id) } }
    }

    /** Writes the profile to a file and hands it to [share]. */
    fun export(share: (File) -> Unit) {
        viewModelScope.launch { container.faults.guard { share(container.export.write()) } }
    }

    fun deleteEverything() {
        viewModelScope.launch { container.faults.guard { container.deleteEverything() } }
    }
}
