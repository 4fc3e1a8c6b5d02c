package org.photointerests.support

import java.io.File
import org.photointerests.core.AnalyzerFiles

/** The analyzer that tells people apart, where this machine has it, and its pack. */
object TestFaces {
    private val contract = File(checkNotNull(System.getProperty("contract")))
    private val folder: File get() = TestPacks.folder("identity")

    /** Ends a test that needs the analyzer where it is not installed. */
    val files: AnalyzerFiles get() = AnalyzerFiles("identity", FolderBundleFiles(folder))

    /** The same in another version of its card. */
    fun files(version: String): AnalyzerFiles {
        val card = File(folder, "card.json").readText()
        val changed = card.replace(Regex("\"version\": \"[0-9.]+\""), "\"version\": \"$version\"")
        val replaced = mapOf("card.json" to changed.toByteArray())
        return AnalyzerFiles("identity", FolderBundleFiles(folder, replaced))
    }

    /** What Python makes of the faces on the pictures of [TestDetectors]. */
    val golden: String get() = File(contract, "identity.json").readText()

    /** How Python groups drawn numbers of faces. */
    val groups: String get() = File(contract, "face_groups.json").readText()

    /** The analyzer as one file. */
    fun pack(): ByteArray = TestPacks.pack("identity")
}
