package org.photointerests.support

import java.io.File
import org.photointerests.core.AnalyzerFiles
import org.photointerests.pipeline.analysis.detections.DetectionAnalyzer

/** The packs of species, where this machine has them; drawn pictures need a [surePack]. */
object TestSpecies {
    /** What the label of pictures without an animal is called in [surePack]. */
    const val NAME = "Drawn Animal"
    private val SCORE = Regex("\"score\": 0[0-9.]+")
    private val contract = File(checkNotNull(System.getProperty("contract")))

    /** What Python's networks make of the drawn pictures. */
    val golden: String get() = File(contract, "species.json").readText()

    /** Ends a test that needs a pack where it is not installed. */
    fun files(name: String): AnalyzerFiles =
        AnalyzerFiles(name, FolderBundleFiles(TestPacks.folder(name)))

    /** A pack that takes the label of pictures without an animal for a species, on any photo. */
    fun surePack(name: String): AnalyzerFiles {
        val replaced = mapOf("card.json" to sureCard(name))
        return AnalyzerFiles(name, FolderBundleFiles(TestPacks.folder(name), replaced))
    }

    /** The same as one file. */
    fun packFile(name: String): ByteArray = TestPacks.pack(name, sureCard(name))

    /** The detector of objects, which takes clocks for birds. */
    fun objects(least: Float? = null): AnalyzerFiles {
        TestDetectors.files(DetectionAnalyzer.OBJECTS)
        val card = TestDetectors.cardText(DetectionAnalyzer.OBJECTS)
            .replace("\"id\": \"bird\"", "\"id\": \"no_bird\"")
            .replace("\"id\": \"clock\"", "\"id\": \"bird\"")
        val changed = if (least == null) card else card.replace(SCORE, "\"score\": $least")
        val folder = File(System.getProperty(DetectionAnalyzer.OBJECTS))
        val replaced = mapOf("card.json" to changed.toByteArray())
        return AnalyzerFiles(DetectionAnalyzer.OBJECTS, FolderBundleFiles(folder, replaced))
    }

    private fun sureCard(name: String): ByteArray =
        File(TestPacks.folder(name), "card.json").readText()
            .replace("\"id\": \"background\"", "\"id\": \"drawn_animal\"")
            .replace("\"en\": \"background\"", "\"en\": \"$NAME\"")
            .replace(Regex("\"gate\": [0-9.]+"), "\"gate\": 0")
            .replace(Regex("\"score\": 0.5"), "\"score\": 0.3")
            .toByteArray()
}
