package org.photointerests.insights

import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.transform

private const val REST = 10
private const val MIN_REST_MS = 500L
private const val NANOSECONDS_A_MILLISECOND = 1_000_000

/**
 * Bounds what is computed again and again while photos are scanned: after a computation that
 * [measure] saw, [paced] lets ten times as long pass, so that it takes less than a tenth of a core.
 */
class RefreshPace(private val nanoTime: () -> Long = System::nanoTime) {
    @Volatile
    private var lastMs = 0L

    suspend fun <T> measure(computation: suspend () -> T): T {
        val started = nanoTime()
        return computation().also { lastMs = (nanoTime() - started) / NANOSECONDS_A_MILLISECOND }
    }

    /** The first value at once; of those that come while it rests, the last one alone. */
    fun <T> paced(values: Flow<T>): Flow<T> = values.transform {
        emit(it)
        delay((REST * lastMs).coerceAtLeast(MIN_REST_MS))
    }
}
