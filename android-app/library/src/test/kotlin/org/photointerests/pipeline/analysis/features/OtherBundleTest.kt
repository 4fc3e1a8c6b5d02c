package org.photointerests.pipeline.analysis.features

import java.io.File
import kotlin.math.abs
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.core.AnalyzerFiles
import org.photointerests.pipeline.analysis.scenes.SceneClassifier
import org.photointerests.support.AppTestRunner
import org.photointerests.support.FolderBundleFiles
import org.photointerests.support.GoldenScenes
import org.photointerests.support.OtherBundle
import org.photointerests.support.floats

/** The bundle on another extractor, and the classifier of scenes that reads its features. */
@RunWith(AppTestRunner::class)
class OtherBundleTest : GoldenBundleTest(OtherBundle.bundle, OtherBundle) {
    private val name = OtherBundle.bundle.card.name
    private val folder =
        File(checkNotNull(System.getProperty("releasedAnalyzers")), "$name/scene")
    private val files = AnalyzerFiles("scene", FolderBundleFiles(folder))

    @Test
    fun scenes_goldenPhotos_giveGoldenProbabilities() = SceneClassifier(files).use { classifier ->
        val photos = GoldenScenes.read(folder, files.card)
        assertTrue(photos.size >= 30)
        for ((features, expected) in photos) {
            assertEquals(OtherBundle.bundle.card.features.dimension, features.size)
            val golden = expected.floats("probabilities")
            val received = classifier.probabilities(features)
            val worst = golden.indices.maxOf { abs(golden[it] - received[it]) }
            assertTrue("$worst", worst <= files.card.tolerances.getValue("probabilities"))
        }
    }
}
