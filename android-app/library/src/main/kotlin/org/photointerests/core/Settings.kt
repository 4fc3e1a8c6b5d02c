package org.photointerests.core

import androidx.datastore.core.DataStore
import androidx.datastore.preferences.core.Preferences
import androidx.datastore.preferences.core.booleanPreferencesKey
import androidx.datastore.preferences.core.edit
import androidx.datastore.preferences.core.intPreferencesKey
import androidx.datastore.preferences.core.longPreferencesKey
import androidx.datastore.preferences.core.stringPreferencesKey
import androidx.datastore.preferences.core.stringSetPreferencesKey
import java.time.YearMonth
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.map
import org.photointerests.pipeline.index.monthOf
import org.photointerests.pipeline.index.number
import org.photointerests.pipeline.runtime.Accelerator

private val ACCELERATOR = stringPreferencesKey("accelerator")
private val THREADS = intPreferencesKey("threads")
private val PAUSED = booleanPreferencesKey("paused")
private val ONLY_CHARGING = booleanPreferencesKey("only_charging")
private val FOREGROUND_SPENT = longPreferencesKey("foreground_spent")
private val ACCELERATOR_REPORT = stringPreferencesKey("accelerator_report")
private val TRIALS = stringSetPreferencesKey("trials")
private val SCAN_PROCESS = intPreferencesKey("scan_process")
private val SCAN_FAILURES = intPreferencesKey("scan_failures")
private val SENSITIVE = booleanPreferencesKey("sensitive_interests")
private val THEME = stringPreferencesKey("theme")
private val IS_SET_UP = booleanPreferencesKey("is_set_up")
private val HIDE_IN_RECENTS = booleanPreferencesKey("hide_in_recents")
private const val ANALYZER = "analyzer_"
private val AUTO_SCAN = booleanPreferencesKey("auto_scan")
private val APP_LOCK = booleanPreferencesKey("app_lock")
private val MONTHLY_NOTIFICATION = booleanPreferencesKey("monthly_notification")
private val NOTIFIED_MONTH = intPreferencesKey("notified_month")
private const val MAX_THREADS = 4

/**
 * What the user chose; [accelerator] is null for the fastest one that is right, [sensitive] whether
 * sensitive interests are shown, [hideInRecents] whether other apps and people see no picture of the
 * window, [isSetUp] whether the user has answered what is asked before the first scan, [appLock]
 * whether the app is opened by the phone's screen lock alone, [monthlyNotification] whether a
 * notification comes when a month is over, [analyzers] which of them the user switched on or off, by
 * name: any other runs unless it is opt-in.
 */
data class Choices(
    val accelerator: Accelerator?,
    val threads: Int,
    val paused: Boolean,
    val onlyCharging: Boolean = false,
    val autoScan: Boolean = true,
    val sensitive: Boolean = false,
    val theme: Theme = Theme.SYSTEM,
    val hideInRecents: Boolean = false,
    val isSetUp: Boolean = false,
    val appLock: Boolean = false,
    val monthlyNotification: Boolean = false,
    val analyzers: Map<String, Boolean> = emptyMap()
)

/** Light or dark, or as the phone is. */
enum class Theme { SYSTEM, LIGHT, DARK }

/** Keeps what the user chose. */
class Settings(
    private val store: DataStore<Preferences>,
    private val processors: Int = Runtime.getRuntime().availableProcessors()
) {
    /** Thread counts to choose from: more than half the cores are slow ones on most phones. */
    val threadChoices: List<Int>
        get() = listOf(1, 2, MAX_THREADS).filter { it == 1 || it <= processors }

    val choices: Flow<Choices> = store.data.map { saved ->
        Choices(
            Accelerator.entries.find { it.name == saved[ACCELERATOR] && it.isAvailable() },
            saved[THREADS] ?: threadChoices.last(),
            saved[PAUSED] ?: false,
            saved[ONLY_CHARGING] ?: false,
            saved[AUTO_SCAN] ?: true,
            saved[SENSITIVE] ?: false,
            Theme.entries.find { it.name == saved[THEME] } ?: Theme.SYSTEM,
            saved[HIDE_IN_RECENTS] ?: false,
            saved[IS_SET_UP] ?: false,
            saved[APP_LOCK] ?: false,
            saved[MONTHLY_NOTIFICATION] ?: false,
            saved.analyzers()
        )
    }

    suspend fun setAccelerator(accelerator: Accelerator?) {
        store.edit {
            if (accelerator == null) it.remove(ACCELERATOR) else it[ACCELERATOR] = accelerator.name
        }
    }

    suspend fun setThreads(threads: Int) {
        store.edit { it[THREADS] = threads }
    }

    suspend fun setPaused(paused: Boolean) {
        store.edit { it[PAUSED] = paused }
    }

    /** Whether new photos are scanned without being asked for. */
    suspend fun setAutoScan(autoScan: Boolean) {
        store.edit { it[AUTO_SCAN] = autoScan }
    }

    /** Whether interests are shown that the bundle shows on request alone. */
    suspend fun setSensitive(sensitive: Boolean) {
        store.edit { it[SENSITIVE] = sensitive }
    }

    suspend fun setTheme(theme: Theme) {
        store.edit { it[THEME] = theme.name }
    }

    /** Notes that the user has answered what is asked before the first scan. */
    suspend fun setUp() {
        store.edit { it[IS_SET_UP] = true }
    }

    suspend fun setHideInRecents(hide: Boolean) {
        store.edit { it[HIDE_IN_RECENTS] = hide }
    }

    suspend fun setAppLock(locked: Boolean) {
        store.edit { it[APP_LOCK] = locked }
    }

    /** Whether a notification comes after each month; the one before [current] has none any more. */
    suspend fun setMonthlyNotification(on: Boolean, current: YearMonth) {
        store.edit {
            it[MONTHLY_NOTIFICATION] = on
            it[NOTIFIED_MONTH] = current.minusMonths(1).number()
        }
    }

    /** The last month that a notification came for; null for none. */
    suspend fun notifiedMonth(): YearMonth? = store.data.first()[NOTIFIED_MONTH]?.let(::monthOf)

    suspend fun setNotifiedMonth(month: YearMonth) {
        store.edit { it[NOTIFIED_MONTH] = month.number() }
    }

    /** Switches an analyzer on or off, by its name. */
    suspend fun setAnalyzer(name: String, on: Boolean) {
        store.edit { it[booleanPreferencesKey(ANALYZER + name)] = on }
    }

    suspend fun setOnlyCharging(onlyCharging: Boolean) {
        store.edit { it[ONLY_CHARGING] = onlyCharging }
    }

    /** When Android last said that this app was in the foreground for long enough; 0 for never. */
    suspend fun foregroundSpentAtMs(): Long = store.data.first()[FOREGROUND_SPENT] ?: 0

    suspend fun setForegroundSpentAt(ms: Long) {
        store.edit { it[FOREGROUND_SPENT] = ms }
    }

    /** The last measurement of the accelerators, as its JSON; null for none. */
    val acceleratorReport: Flow<String?> = store.data.map { it[ACCELERATOR_REPORT] }

    suspend fun setAcceleratorReport(report: String?) {
        store.edit {
            if (report == null) it.remove(ACCELERATOR_REPORT) else it[ACCELERATOR_REPORT] = report
        }
    }

    /** Id of the process in which a trial began that has not ended; null for none. */
    suspend fun trialProcess(name: String): Int? =
        store.data.first()[TRIALS].orEmpty().firstNotNullOfOrNull { it.processOf(name) }

    /** Notes that a trial begins in a process, or with null that it has ended. */
    suspend fun setTrialProcess(name: String, pid: Int?) {
        store.edit { saved ->
            val others = saved[TRIALS].orEmpty().filter { it.processOf(name) == null }.toSet()
            saved[TRIALS] = if (pid == null) others else others + "$name#$pid"
        }
    }

    /** Lets everything be tried again. */
    suspend fun clearTrials() {
        store.edit { it.remove(TRIALS) }
    }

    /** Notes the process that scans; returns that of the scan before, null for none. */
    suspend fun replaceScanProcess(pid: Int): Int? {
        var last: Int? = null
        store.edit {
            last = it[SCAN_PROCESS]
            it[SCAN_PROCESS] = pid
        }
        return last
    }

    /** How often in a row scans failed by themselves. */
    suspend fun scanFailures(): Int = store.data.first()[SCAN_FAILURES] ?: 0

    suspend fun setScanFailures(failures: Int) {
        store.edit { it[SCAN_FAILURES] = failures }
    }

    suspend fun clear() {
        store.edit { it.clear() }
    }
}

private fun Preferences.analyzers(): Map<String, Boolean> = asMap()
    .filterKeys { it.name.startsWith(ANALYZER) }
    .entries.associate { (key, on) -> key.name.removePrefix(ANALYZER) to on as Boolean }

/** The process in "name#process"; null for another name, or what an older app wrote. */
private fun String.processOf(name: String): Int? =
    takeIf { it.substringBeforeLast('#') == name }?.substringAfterLast('#')?.toIntOrNull()
