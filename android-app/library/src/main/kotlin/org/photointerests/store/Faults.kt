package org.photointerests.store

import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.retryWhen

/** The fault that stands between the user and the app, until it is to be tried again. */
class Faults {
    private val current = MutableStateFlow<Fault?>(null)

    /** Null while all is well. */
    val state: StateFlow<Fault?> = current.asStateFlow()

    /** Has everything that waits tried again. */
    fun tryAgain() {
        current.value = null
    }

    /** Runs what the user asked for; a fault becomes a [state], a mistake is thrown on. */
    suspend fun guard(action: suspend () -> Unit) = try {
        action()
    } catch (error: CancellationException) {
        throw error
    } catch (error: Exception) {
        report(error)
    }

    /** Throws [error] where it is no fault. */
    fun report(error: Throwable) = report(faultOf(error) ?: throw error)

    fun report(fault: Fault) {
        current.value = fault
    }
}

/** The same flow, which begins again after a fault once [Faults.tryAgain] was called. */
fun <T> Flow<T>.waitingOut(faults: Faults): Flow<T> = retryWhen { error, _ ->
    faults.report(error)
    faults.state.first { it == null }
    true
}
