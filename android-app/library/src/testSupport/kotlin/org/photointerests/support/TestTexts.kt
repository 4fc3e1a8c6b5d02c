package org.photointerests.support

import java.io.ByteArrayOutputStream
import java.io.File
import java.security.MessageDigest
import java.util.zip.ZipEntry
import java.util.zip.ZipOutputStream
import org.junit.Assume.assumeTrue
import org.photointerests.core.AnalyzerFiles
import org.photointerests.packs.KnownPack

/** The analyzer of text, where this machine has it, its pack, and drawn pictures for it. */
object TestTexts {
    // Of all files in packs.
    private const val DATE_MS = 0L
    private val contract = File(checkNotNull(System.getProperty("contract")))
    private val folder: File
        get() {
            val path = System.getProperty("text").orEmpty()
            assumeTrue(
                "NOT RUN: install it by python -m export third-party text",
                path.isNotEmpty()
            )
            return File(path)
        }

    /** Ends a test that needs the analyzer where it is not installed. */
    val files: AnalyzerFiles get() = AnalyzerFiles("text", FolderBundleFiles(folder))

    /** The same with another least probability of kinds that have text. */
    fun files(gate: Float): AnalyzerFiles =
        AnalyzerFiles("text", FolderBundleFiles(folder, mapOf("card.json" to card(gate))))

    private fun card(gate: Float): ByteArray = File(folder, "card.json").readText()
        .replace(Regex("\"gate\": [0-9.]+"), "\"gate\": $gate").toByteArray()

    /** What Python reads on the pictures. */
    val golden: String get() = File(contract, "text.json").readText()

    /** The file of a picture. */
    fun picture(name: String): ByteArray = File(contract, "text/$name.png").readBytes()

    /** The analyzer as one file. */
    fun pack(): ByteArray = packOf(
        (files.card.files.keys + "card.json").associateWith { File(folder, it).readBytes() }
    )

    /** The same with another least probability of kinds that have text. */
    fun pack(gate: Float): ByteArray {
        val models = files.card.files.keys.associateWith { File(folder, it).readBytes() }
        return packOf(models + ("card.json" to card(gate)))
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
