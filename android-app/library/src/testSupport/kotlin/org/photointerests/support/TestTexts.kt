package org.photointerests.support

import java.io.File
import org.photointerests.core.AnalyzerFiles

/** The analyzer of text, where this machine has it, its pack, and drawn pictures for it. */
object TestTexts {
    private val contract = File(checkNotNull(System.getProperty("contract")))
    private val folder: File get() = TestPacks.folder("text")

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
    fun pack(): ByteArray = TestPacks.pack("text")

    /** The same with another least probability of kinds that have text. */
    fun pack(gate: Float): ByteArray = TestPacks.pack("text", card(gate))
}
