package org.photointerests.pipeline.scan

import java.io.Closeable
import java.util.concurrent.Callable
import java.util.concurrent.ExecutionException
import java.util.concurrent.ExecutorService
import java.util.concurrent.Executors
import java.util.concurrent.TimeUnit
import java.util.concurrent.TimeoutException
import org.photointerests.pipeline.decode.PhotoException
import org.photointerests.pipeline.decode.PhotoProblem

/**
 * A thread for decoders, which are native code that nothing can interrupt: one that takes longer than
 * [limitMs] is left to itself, and another thread takes its place.
 */
internal class DecodeThread(private val limitMs: Long) : Closeable {
    private var thread = newThread()

    /** Throws what [action] throws, or the [PhotoException] of a photo that is too slow. */
    fun <T> run(action: () -> T): T = try {
        thread.submit(Callable(action)).get(limitMs, TimeUnit.MILLISECONDS)
    } catch (error: ExecutionException) {
        throw error.cause ?: error
    } catch (error: TimeoutException) {
        thread.shutdown()
        thread = newThread()
        throw PhotoException(PhotoProblem.TOO_SLOW, error)
    }

    override fun close() = thread.shutdown()

    private fun newThread(): ExecutorService = Executors.newSingleThreadExecutor { work ->
        Thread(work, "decode").apply { isDaemon = true }
    }
}
