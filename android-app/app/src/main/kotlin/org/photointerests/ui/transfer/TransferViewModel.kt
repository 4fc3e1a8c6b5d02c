package org.photointerests.ui.transfer

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import java.io.File
import java.io.IOException
import java.io.InputStream
import java.io.OutputStream
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import org.photointerests.core.ErrorState
import org.photointerests.insights.interests.ImportException
import org.photointerests.insights.interests.ImportProblem
import org.photointerests.insights.interests.ImportedChoices
import org.photointerests.insights.interests.ProfileExport
import org.photointerests.insights.interests.ProfileImport

/** What came of the last export or import. */
sealed interface TransferState {
    data object Idle : TransferState

    data object Saved : TransferState

    /** The file that the user chose could not be written. */
    data object NotSaved : TransferState

    data class Imported(val choices: ImportedChoices) : TransferState

    data class Refused(val problem: ImportProblem) : TransferState
}

/** Writes the profile to files that the user chooses, and takes choices from them. */
class TransferViewModel(
    private val export: ProfileExport,
    private val import: ProfileImport,
    private val errors: ErrorState
) : ViewModel() {
    private val current = MutableStateFlow<TransferState>(TransferState.Idle)
    val state: StateFlow<TransferState> = current.asStateFlow()

    /** Writes the profile to what [open] opens, which is null where nothing can be opened. */
    fun save(open: () -> OutputStream?) = run {
        val file = export.write()
        current.value = withContext(Dispatchers.IO) {
            try {
                val output = open() ?: throw IOException("nothing was opened")
                output.use { target -> file.inputStream().use { it.copyTo(target) } }
                TransferState.Saved
            } catch (_: IOException) {
                TransferState.NotSaved
            } catch (_: SecurityException) {
                TransferState.NotSaved
            }
        }
    }

    /** Takes the choices in what [open] opens, which is null where nothing can be opened. */
    fun import(open: () -> InputStream?) = run {
        current.value = try {
            val input = withContext(Dispatchers.IO) {
                try {
                    open()
                } catch (_: IOException) {
                    null
                } catch (_: SecurityException) {
                    null
                }
            }
            if (input == null) {
                TransferState.Refused(ImportProblem.UNREADABLE)
            } else {
                TransferState.Imported(import.read(input))
            }
        } catch (error: ImportException) {
            TransferState.Refused(error.problem)
        }
    }

    /** Writes the profile to a file of the app, which [share] lends to another one. */
    fun share(share: (File) -> Unit) = run { share(export.write()) }

    private fun run(action: suspend () -> Unit) {
        viewModelScope.launch { errors.runReporting(action) }
    }
}
