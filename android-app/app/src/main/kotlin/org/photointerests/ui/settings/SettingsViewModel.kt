package org.photointerests.ui.settings

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import java.time.YearMonth
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.launch
import org.photointerests.core.Category
import org.photointerests.core.Choices
import org.photointerests.core.ErrorState
import org.photointerests.core.ModelCard
import org.photointerests.core.Settings
import org.photointerests.core.Shown
import org.photointerests.core.Theme
import org.photointerests.core.retryAfterError
import org.photointerests.pipeline.scan.ScanController
import org.photointerests.ui.monthly.MonthlySchedule

private const val KEEP_MS = 5000L

/** What the user chose; [sensitive] are the interests that are shown on request alone. */
data class SettingsState(val choices: Choices, val sensitive: List<Category>)

/** Shows and changes the settings. */
class SettingsViewModel(
    private val settings: Settings,
    private val scans: ScanController,
    private val monthly: MonthlySchedule,
    card: ModelCard,
    private val thisMonth: () -> YearMonth,
    private val errors: ErrorState,
    private val deleteAll: suspend () -> Unit
) : ViewModel() {
    private val sensitive = card.interests.filter { it.shown == Shown.ON_REQUEST }

    /** Null until they are read. */
    val state: StateFlow<SettingsState?> = settings.choices
        .map { SettingsState(it, sensitive) }
        .retryAfterError(errors)
        .flowOn(Dispatchers.Default)
        .stateIn(viewModelScope, SharingStarted.WhileSubscribed(KEEP_MS), null)

    fun setAutoScan(autoScan: Boolean) = change { scans.setAutoScan(autoScan) }

    fun setOnlyCharging(onlyCharging: Boolean) = change { scans.setOnlyCharging(onlyCharging) }

    fun setTheme(theme: Theme) = change { settings.setTheme(theme) }

    fun setHideInRecents(hide: Boolean) = change { settings.setHideInRecents(hide) }

    fun setAppLock(locked: Boolean) = change { settings.setAppLock(locked) }

    /** Has a notification come after each month from this one on, or none. */
    fun setMonthlyNotification(on: Boolean) = change {
        settings.setMonthlyNotification(on, thisMonth())
        if (on) monthly.enable() else monthly.disable()
    }

    fun showSensitive(shown: Boolean) = change { settings.setSensitive(shown) }

    fun deleteEverything() = change(deleteAll)

    private fun change(action: suspend () -> Unit) {
        viewModelScope.launch { errors.runReporting(action) }
    }
}
