package org.photointerests.store

import androidx.datastore.core.DataStore
import androidx.datastore.preferences.core.Preferences
import androidx.datastore.preferences.core.booleanPreferencesKey
import androidx.datastore.preferences.core.edit
import androidx.datastore.preferences.core.intPreferencesKey
import androidx.datastore.preferences.core.stringPreferencesKey
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.map
import org.photointerests.model.Accelerator

private val ACCELERATOR = stringPreferencesKey("accelerator")
private val THREADS = intPreferencesKey("threads")
private val PAUSED = booleanPreferencesKey("paused")
private val TRIAL = stringPreferencesKey("trial")
private const val MOST_THREADS = 4

/** What the user chose. */
data class Choices(val accelerator: Accelerator, val threads: Int, val paused: Boolean)

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
            Accelerator.entries.find { it.name == saved[ACCELERATOR] && it.isAvailable() }
                ?: Accelerator.CPU,
            saved[THREADS] ?: threadChoices.last(),
            saved[PAUSED] ?: false
        )
    }

    suspend fun setAccelerator(accelerator: Accelerator) {
        store.edit { it[ACCELERATOR] = accelerator.name }
    }

    suspend fun setThreads(threads: Int) {
        store.edit { it[THREADS] = threads }
    }

    suspend fun setPaused(paused: Boolean) {
        store.edit { it[PAUSED] = paused }
    }

    /**
     * Notes that an accelerator is about to be tried on a system.
     *
     * Returns false where the last such trial never ended: it took the app down with it.
     */
    suspend fun beginTrial(accelerator: Accelerator, system: String): Boolean {
        val trial = "${accelerator.name} $system"
        if (store.data.first()[TRIAL] == trial) return false
        store.edit { it[TRIAL] = trial }
        return true
    }

    suspend fun endTrial() {
        store.edit { it.remove(TRIAL) }
    }

    suspend fun clear() {
        store.edit { it.clear() }
    }
}
