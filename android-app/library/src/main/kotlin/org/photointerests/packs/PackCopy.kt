package org.photointerests.packs

import java.io.File
import java.io.IOException
import java.io.InputStream
import java.security.DigestInputStream
import java.security.MessageDigest
import java.util.zip.ZipFile
import org.photointerests.core.copyFile
import org.photointerests.core.hex

/**
 * Copies a file that the user chose and returns the one of the [known] packs that it is.
 *
 * Throws [PackException], and [IOException] where the storage is full.
 */
internal fun copyPack(known: List<KnownPack>, copy: File, open: () -> InputStream): KnownPack {
    val digest = MessageDigest.getInstance("SHA-256")
    copyFile(
        copy,
        known.maxOfOrNull { it.bytes } ?: 0,
        tooLarge = { PackException(PackProblem.UNKNOWN, it) },
        unreadable = { PackException(PackProblem.UNREADABLE, "cannot be read", it) }
    ) { DigestInputStream(open(), digest) }
    val sha256 = digest.hex()
    return known.find { it.sha256 == sha256 && it.bytes == copy.length() } ?: throw PackException(
        PackProblem.UNKNOWN,
        "sha256: expected one of ${known.map { it.sha256 }}, received $sha256"
    )
}

/** Writes the files of a pack, whose hash was checked, into an empty [folder]. */
internal fun unpack(pack: File, folder: File) = ZipFile(pack).use { zip ->
    for (entry in zip.entries()) {
        val file = File(folder, entry.name)
        check(file.canonicalFile.parentFile == folder.canonicalFile) { "${entry.name} in a pack" }
        zip.getInputStream(entry).use { from -> file.outputStream().use { from.copyTo(it) } }
    }
}
