package org.photointerests.support

import java.io.ByteArrayOutputStream
import java.io.File
import java.security.MessageDigest
import java.util.zip.ZipEntry
import java.util.zip.ZipOutputStream
import org.junit.Assume.assumeTrue
import org.photointerests.core.AnalyzerFiles
import org.photointerests.packs.KnownPack

/** Analyzers that come as packs, where this machine has them. */
object TestPacks {
    private const val CARD = "card.json"

    // Of all files in packs.
    private const val DATE_MS = 0L

    /** The folder of an analyzer; ends a test that needs one that is not installed. */
    fun folder(name: String): File {
        val path = System.getProperty(name).orEmpty()
        assumeTrue("NOT RUN: install it by python -m export third-party $name", path.isNotEmpty())
        return File(path)
    }

    /** An analyzer as one file, with another [card] if one is given. */
    fun pack(name: String, card: ByteArray? = null): ByteArray {
        val folder = folder(name)
        val names = AnalyzerFiles(name, FolderBundleFiles(folder)).card.files.keys + CARD
        val files = names.associateWith { File(folder, it).readBytes() }
        return packOf(if (card == null) files else files + (CARD to card))
    }

    /** A pack of any files; the same files give the same pack. */
    fun packOf(files: Map<String, ByteArray>): ByteArray {
        val bytes = ByteArrayOutputStream()
        ZipOutputStream(bytes).use { zip ->
            for ((name, content) in files) {
                zip.putNextEntry(ZipEntry(name).apply { time = DATE_MS })
                zip.write(content)
            }
        }
        return bytes.toByteArray()
    }

    /** What an app's list says of a pack. */
    fun known(pack: ByteArray, name: String = "text", version: String = "1.0.0"): KnownPack {
        val hash = MessageDigest.getInstance("SHA-256").digest(pack)
        val sha256 = hash.joinToString("") { "%02x".format(it) }
        return KnownPack(name, version, pack.size.toLong(), sha256)
    }
}
