package org.photointerests.packs

import java.io.File
import java.io.IOException
import java.io.InputStream
import java.security.DigestInputStream
import java.security.MessageDigest
import java.util.zip.ZipFile
import org.photointerests.core.AppError
import org.photointerests.core.appErrorOf

/**
 * Copies a file that the user chose and returns the one of the [known] packs that it is.
 *
 * Throws [PackException], and [IOException] where the storage is full.
 */
internal fun copyPack(known: List<KnownPack>, copy: File, open: () -> InputStream): KnownPack {
    val digest = MessageDigest.getInstance("SHA-256")
    val most = known.maxOfOrNull { it.bytes } ?: 0
    try {
        DigestInputStream(open(), digest).use { from ->
            copy.outputStream().use { to -> from.copyAtMost(most, to::write) }
        }
    } catch (error: IOException) {
        // A phone without room is no fault of the file.
        if (appErrorOf(error) == AppError.STORAGE_FULL) throw error
        throw PackException(PackProblem.UNREADABLE, "cannot be read", error)
    } catch (error: SecurityException) {
        throw PackException(PackProblem.UNREADABLE, "cannot be read", error)
    }
    val sha256 = digest.digest().joinToString("") { "%02x".format(it) }
    return known.find { it.sha256 == sha256 && it.bytes == copy.length() } ?: throw PackException(
        PackProblem.UNKNOWN,
        "sha256: expected one of ${known.map { it.sha256 }}, received $sha256"
    )
}

/** A provider may give without an end, and would fill the phone. */
private fun InputStream.copyAtMost(most: Long, write: (ByteArray, Int, Int) -> Unit) {
    val buffer = ByteArray(DEFAULT_BUFFER_SIZE)
    var bytes = 0L
    while (true) {
        val read = read(buffer)
        if (read < 0) return
        bytes += read
        if (bytes > most) {
            throw PackException(
                PackProblem.UNKNOWN,
                "expected at most $most bytes, received more"
            )
        }
        write(buffer, 0, read)
    }
}

/** Writes the files of a pack, whose hash was checked, into an empty [folder]. */
internal fun unpack(pack: File, folder: File) = ZipFile(pack).use { zip ->
    for (entry in zip.entries()) {
        val file = File(folder, entry.name)
        check(file.canonicalFile.parentFile == folder.canonicalFile) { "${entry.name} in a pack" }
        zip.getInputStream(entry).use { from -> file.outputStream().use { from.copyTo(it) } }
    }
}
