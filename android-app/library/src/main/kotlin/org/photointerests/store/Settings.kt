package org.photointerests.store

import androidx.datastore.core.DataStore
import androidx.datastore.preferences.core.Preferences
import androidx.datastore.preferences.core.booleanPreferencesKey
import androidx.datastore.preferences.core.edit
import androidx.datastore.preferences.core.intPreferencesKey
import androidx.datastore.preferences.core.longPreferencesKey
import androidx.datastore.preferences.core.stringPreferencesKey
import androidx.datastore.preferences.core.stringSetPreferencesKey
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.map
import org.photointerests.model.Accelerator

private val ACCELERATOR = stringPreferencesKey("accelerator")
private val THREADS = intPreferencesKey("threads")
private val PAUSED = booleanPreferencesKey("paused")
private val ONLY_CHARGING = booleanPreferencesKey("only_charging")
private val FOREGROUND_SPENT = longPreferencesKey("foreground_spent")
private val ACCELERATOR_REPORT = stringPreferencesKey("accelerator_report")
private val TRIALS = stringSetPreferencesKey("trials")
private const val MOST_THREADS = 4

/** What the user chose; [accelerator] is null for the fastest one that is right. */
data class Choices(
    val accelerator: Accelerator?,
    val threads: Int,
    val paused: Boolean,
    val onlyCharging: Boolean = false
)

/** Keeps what the user chose. */
class Settings(
    private val store: DataStore<Preferences>,
    private val processors: Int = Runtime.getRuntime().availableProcessors()
) {
    /** Thread counts to choose from: more than half the cores are slow ones on most phones. */
    val threadChoices: List<Int>
        get() = listOf(1, 2, MOST_THREADS).filter { it == 1 || it <= processors }

    val choices: Flow<Choices> = store.data.map { saved ->
        Choices(
            Accelerator.entries.find { it.name == saved[ACCELERATOR] && it.isAvailable() },
            saved[THREADS] ?: threadChoices.last(),
            saved[PAUSED] ?: false,
            saved[ONLY_CHARGING] ?: false
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

    /**
     * Notes that an accelerator is about to be tried on a system.
     *
     * Returns false where the last such trial never ended: it took the app down with it.
     */
    suspend fun beginTrial(accelerator: Accelerator, system: String): Boolean {
        val trial = "${accelerator.name} $system"
        if (trial in store.data.first()[TRIALS].orEmpty()) return false
        store.edit { it[TRIALS] = it[TRIALS].orEmpty() + trial }
        return true
    }

    suspend fun endTrial(accelerator: Accelerator, system: String) {
        store.edit { it[TRIALS] = it[TRIALS].orEmpty() - "${accelerator.name} $system" }
    }

    /** Lets everything be tried again. */
    suspend fun forgetTrials() {
        store.edit { it.remove(TRIALS) }
    }

    suspend fun clear() {
        store.edit { it.clear() }
    }
}
