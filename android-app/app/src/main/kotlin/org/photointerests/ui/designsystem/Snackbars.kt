package org.photointerests.ui.designsystem

import androidx.compose.material3.SnackbarDuration
import androidx.compose.material3.SnackbarHostState
import androidx.compose.material3.SnackbarResult
import androidx.compose.runtime.Stable
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.launch
import org.photointerests.core.ErrorState

/** Something that a person does in a moment and may want to undo; [text] says what was done. */
class UndoableAction(val text: String, val run: suspend () -> Unit, val undo: suspend () -> Unit)

/**
 * Runs what can be undone, and offers that at the bottom of whatever screen is open then.
 *
 * [scope] outlives the screen that asked: hiding an interest leaves its screen.
 */
@Stable
class Snackbars(
    private val scope: CoroutineScope,
    private val errors: ErrorState,
    private val undoLabel: String
) {
    val host = SnackbarHostState()

    /** Runs [action], and [then] once it is done; an error is shown by the error's own screen. */
    fun offer(action: UndoableAction, then: () -> Unit = {}) {
        scope.launch(Dispatchers.Main.immediate) {
            var done = false
            errors.runReporting {
                action.run()
                done = true
            }
            if (!done) return@launch
            then()
            host.currentSnackbarData?.dismiss()
            val answer =
                host.showSnackbar(action.text, undoLabel, duration = SnackbarDuration.Long)
            if (answer == SnackbarResult.ActionPerformed) errors.runReporting(action.undo)
        }
    }
}
