package org.photointerests.core

import java.io.File
import java.io.IOException
import java.io.InputStream
import java.io.OutputStream

/**
 * Copies a file that another app gives into [copy], if it has at most [most] bytes.
 *
 * Throws what [tooLarge] makes of the words about a larger one, and [unreadable] of what the other app
 * fails with; [IOException] where the storage is full: that is no fault of the file.
 */
internal fun copyFile(
    copy: File,
    most: Long,
    tooLarge: (String) -> Exception,
    unreadable: (Exception) -> Exception,
    open: () -> InputStream
) {
    val isWhole = try {
        open().use { from -> copy.outputStream().use { from.copyAtMost(most, it) } }
    } catch (error: IOException) {
        if (appErrorOf(error) == AppError.STORAGE_FULL) throw error
        throw unreadable(error)
    } catch (error: SecurityException) {
        throw unreadable(error)
    }
    if (!isWhole) throw tooLarge("expected at most $most bytes, received more")
}

/** False for more: a provider may give without an end, and would fill the phone. */
private fun InputStream.copyAtMost(most: Long, to: OutputStream): Boolean {
    val buffer = ByteArray(DEFAULT_BUFFER_SIZE)
    var bytes = 0L
    while (true) {
        val read = read(buffer)
        if (read < 0) return true
        bytes += read
        if (bytes > most) return false
        to.write(buffer, 0, read)
    }
}
