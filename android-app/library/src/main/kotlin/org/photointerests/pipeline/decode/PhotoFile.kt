package org.photointerests.pipeline.decode

import java.io.FileNotFoundException
import java.io.FilterInputStream
import java.io.IOException
import java.io.InputStream

/** A photo's file; opened once for each look at it. */
fun interface PhotoFile {
    fun open(): InputStream
}

/** A photo takes longer than it may. */
internal class SlowPhotoException : IOException("too slow")

/**
 * A file that can be read until [deadlineNs] of [nanoTime]: a decoder that asks for more ends there,
 * as one does that reads a thousand scans of a JPEG.
 */
internal class TimeLimitedFile(
    private val file: PhotoFile,
    private val deadlineNs: Long,
    private val nanoTime: () -> Long
) : PhotoFile {
    override fun open(): InputStream = object : FilterInputStream(file.open()) {
        override fun read(): Int {
            check()
            return super.read()
        }

        override fun read(bytes: ByteArray, offset: Int, length: Int): Int {
            check()
            return super.read(bytes, offset, length)
        }
    }

    private fun check() {
        if (nanoTime() - deadlineNs > 0) throw SlowPhotoException()
    }
}

/**
 * Reads in a file; throws [PhotoException] where it cannot be opened or its reading fails.
 *
 * Android's decoders take a failed read for the end of the file: it is noticed here nonetheless.
 */
internal fun <T> reading(file: PhotoFile, action: (InputStream) -> T): T = try {
    file.open().use { content ->
        val watched = WatchedStream(content)
        val result = runCatching { action(watched) }
        watched.failure?.let { throw it }
        result.getOrThrow()
    }
} catch (error: FileNotFoundException) {
    throw PhotoException(PhotoProblem.GONE, error)
} catch (error: SlowPhotoException) {
    throw PhotoException(PhotoProblem.TOO_SLOW, error)
} catch (error: IOException) {
    throw PhotoException(PhotoProblem.UNREADABLE, error)
} catch (error: SecurityException) {
    throw PhotoException(PhotoProblem.NO_ACCESS, error)
} catch (error: RuntimeException) {
    // What a provider throws that fails; decoders' exceptions are caught where they decode.
    throw PhotoException(PhotoProblem.UNREADABLE, error)
}

/**
 * Ends where reading fails, and remembers it: decoders are native code, which exceptions of streams
 * had better not pass through.
 */
private class WatchedStream(content: InputStream) : FilterInputStream(content) {
    var failure: IOException? = null
        private set

    override fun read(): Int = watching { super.read() }

    override fun read(bytes: ByteArray, offset: Int, length: Int): Int =
        watching { super.read(bytes, offset, length) }

    private inline fun watching(read: () -> Int): Int {
        if (failure != null) return END
        return try {
            read()
        } catch (error: IOException) {
            failure = error
            END
        }
    }

    private companion object {
        const val END = -1
    }
}
