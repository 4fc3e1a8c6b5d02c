package org.photointerests.support

import java.io.File
import org.junit.Assume.assumeTrue
import org.photointerests.core.AnalyzerFiles

/** The detectors of third parties, where this machine has them, and drawn pictures for them. */
object TestDetectors {
    private val contract = File(checkNotNull(System.getProperty("contract")))

    /** Ends a test that needs the detector of an analyzer where it is not installed. */
    fun files(name: String): AnalyzerFiles {
        val folder = System.getProperty(name).orEmpty()
        assumeTrue("NOT RUN: install it by python -m export third-party $name", folder.isNotEmpty())
        return AnalyzerFiles(name, FolderBundleFiles(File(folder)))
    }

    /** The card of an installed analyzer, as it is written. */
    fun cardText(name: String): String = File(System.getProperty(name), "card.json").readText()

    /** What Python finds on the pictures. */
    val golden: String get() = File(contract, "detections.json").readText()

    /** The file of a picture: faces, clocks or both. */
    fun picture(name: String): ByteArray = File(contract, "detections/$name.png").readBytes()
}
