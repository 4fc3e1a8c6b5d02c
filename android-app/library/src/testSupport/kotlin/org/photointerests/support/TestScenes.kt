package org.photointerests.support

import java.io.File
import org.photointerests.core.AnalyzerFiles

/** The released analyzer of scenes. */
object TestScenes {
    val folder = File(checkNotNull(System.getProperty("analyzers")), "scene")
    val files by lazy { AnalyzerFiles("scene", FolderBundleFiles(folder)) }
}
