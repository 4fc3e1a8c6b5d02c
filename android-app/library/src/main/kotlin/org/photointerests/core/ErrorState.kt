package org.photointerests.core

import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.retryWhen

/** The error that stands between the user and the app, until it is to be tried again. */
class ErrorState {
    private val current = MutableStateFlow<AppError?>(null)

    /** Null while all is well. */
    val state: StateFlow<AppError?> = current.asStateFlow()

    /** Has everything that waits tried again. */
    fun tryAgain() {
        current.value = null
    }

    /** Runs what the user asked for; a error becomes a [state], a mistake is thrown on. */
    suspend fun runReporting(action: suspend () -> Unit) = try {
        action()
    } catch (error: CancellationException) {
        throw error
    } catch (error: Exception) {
        report(error)
    }

    /** Throws [error] where it is no error. */
    fun report(error: Throwable) = report(appErrorOf(error) ?: throw error)

    fun report(error: AppError) {
        current.value = error
    }
}

/** The same flow, which begins again after a error once [ErrorState.tryAgain] was called. */
fun <T> Flow<T>.retryAfterError(errors: ErrorState): Flow<T> = retryWhen { error, _ ->
    errors.report(error)
    errors.state.first { it == null }
    true
}
