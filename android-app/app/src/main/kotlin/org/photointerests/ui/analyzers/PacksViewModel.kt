package org.photointerests.ui.analyzers

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import java.io.InputStream
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch
import org.photointerests.core.ErrorState
import org.photointerests.packs.KnownPack
import org.photointerests.packs.PackException
import org.photointerests.packs.PackProblem
import org.photointerests.packs.PackStore

private const val KEEP_MS = 5000L

/** The file of a model, and whether its model is [added]. */
data class PackChoice(val pack: KnownPack, val added: Boolean)

/**
 * Models that the app takes from files: all of [packs], while one [isAdding], and the [problem] with
 * the last file.
 */
data class PacksState(
    val packs: List<PackChoice> = emptyList(),
    val isAdding: Boolean = false,
    val problem: PackProblem? = null
)

/** Adds and removes models that do not come with the app. */
class PacksViewModel(
    private val store: PackStore,
    private val errors: ErrorState,
    private val addPack: suspend (open: () -> InputStream) -> Unit,
    private val removePack: suspend (name: String) -> Unit
) : ViewModel() {
    private val adding = MutableStateFlow(PacksState())

    val state: StateFlow<PacksState> = store.installed.combine(adding) { installed, adding ->
        val there = installed.associate { it.name to it.pack }
        // The newest of each analyzer, or the one that is there.
        val packs = store.known.associateBy { it.name }.values.map {
            PackChoice(there[it.name] ?: it, it.name in there)
        }
        adding.copy(packs = packs)
    }.stateIn(viewModelScope, SharingStarted.WhileSubscribed(KEEP_MS), PacksState())

    fun add(open: () -> InputStream) {
        if (adding.value.isAdding) return
        adding.value = PacksState(isAdding = true)
        viewModelScope.launch {
            try {
                errors.runReporting {
                    try {
                        addPack(open)
                    } catch (error: PackException) {
                        adding.update { it.copy(problem = error.problem) }
                    }
                }
            } finally {
                adding.update { it.copy(isAdding = false) }
            }
        }
    }

    fun remove(name: String) {
        adding.value = PacksState()
        viewModelScope.launch { errors.runReporting { removePack(name) } }
    }
}
