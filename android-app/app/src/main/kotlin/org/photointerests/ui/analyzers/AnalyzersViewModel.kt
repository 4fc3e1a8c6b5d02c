package org.photointerests.ui.analyzers

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.launch
import org.photointerests.core.ErrorState
import org.photointerests.core.retryAfterError
import org.photointerests.pipeline.scan.AnalyzerChoice

private const val KEEP_MS = 5000L

/** Shows what is looked for in photos, and switches it on and off. */
class AnalyzersViewModel(
    choices: Flow<List<AnalyzerChoice>>,
    private val errors: ErrorState,
    private val setOn: suspend (name: String, on: Boolean) -> Unit
) : ViewModel() {
    /** Null until they are read. */
    val state: StateFlow<List<AnalyzerChoice>?> = choices.retryAfterError(errors)
        .flowOn(Dispatchers.Default)
        .stateIn(viewModelScope, SharingStarted.WhileSubscribed(KEEP_MS), null)

    fun set(name: String, on: Boolean) {
        viewModelScope.launch { errors.runReporting { setOn(name, on) } }
    }
}
