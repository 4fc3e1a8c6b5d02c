package org.photointerests.pipeline.decode

import java.io.FileNotFoundException
import java.io.FilterInputStream
import java.io.IOException
import java.io.InputStream

/** A photo's file; opened once for each look at it. */
fun interface PhotoFile {
    fun open(): InputStream
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
} catch (error: IOException) {
    throw PhotoException(PhotoProblem.UNREADABLE, error)
} catch (error: SecurityException) {
    throw PhotoException(PhotoProblem.NO_ACCESS, error)
} catch (error: RuntimeException) {
    // What a provider throws that fails; decoders' exceptions are caught where they decode.
    throw PhotoException(PhotoProblem.UNREADABLE, error)
}

/** Remembers that reading failed. */
private class WatchedStream(content: InputStream) : FilterInputStream(content) {
    var failure: IOException? = null
        private set

    override fun read(): Int = watching { super.read() }

    override fun read(bytes: ByteArray, offset: Int, length: Int): Int =
        watching { super.read(bytes, offset, length) }

    override fun skip(count: Long): Long = watching { super.skip(count) }

    private inline fun <N> watching(read: () -> N): N = try {
        read()
    } catch (error: IOException) {
        failure = error
        throw error
    }
}
