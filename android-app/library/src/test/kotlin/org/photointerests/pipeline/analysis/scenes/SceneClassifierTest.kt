package org.photointerests.pipeline.analysis.scenes

import android.app.Application
import androidx.test.core.app.ApplicationProvider
import kotlin.math.abs
import kotlinx.serialization.json.float
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.junit.Assert.assertEquals
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.core.AnalyzerFiles
import org.photointerests.core.AssetBundleFiles
import org.photointerests.core.CardException
import org.photointerests.support.AppTestRunner
import org.photointerests.support.FolderBundleFiles
import org.photointerests.support.GoldenScenes
import org.photointerests.support.TestScenes
import org.photointerests.support.floats

/** The packed classifier of scenes against what Python got. */
@RunWith(AppTestRunner::class)
class SceneClassifierTest {
    private val assets = ApplicationProvider.getApplicationContext<Application>().assets
    private val files = AnalyzerFiles("scene", AssetBundleFiles(assets, "analyzers/scene"))
    private val card = files.card

    @Test
    fun goldenPhotos_giveGoldenProbabilities() = SceneClassifier(files).use { classifier ->
        assertTrue(GoldenScenes.photos.size >= 30)
        val worst = GoldenScenes.photos.maxOf { (features, expected) ->
            val received = classifier.probabilities(features)
            val golden = expected.floats("probabilities")
            assertEquals(golden.size, received.size)
            golden.indices.maxOf { abs(golden[it] - received[it]) }
        }
        println("golden scenes: probabilities differ by $worst at most")
        assertTrue("$worst", worst <= card.tolerances.getValue("probabilities"))
    }

    @Test
    fun goldenPhotos_giveGoldenRows() = SceneClassifier(files).use { classifier ->
        assertTrue(GoldenScenes.groups.toSet().size > 5)
        GoldenScenes.photos.forEachIndexed { number, (features, photo) ->
            val expected = photo.getValue("row").jsonObject
            val scene = classifier.classify(features)
            assertEquals(expected.floats("labels").map { it.toInt() }, scene.labels)
            assertEquals(GoldenScenes.groups[number], scene.group?.let { card.groups[it].id })
            val indoor = expected.getValue("indoor").jsonPrimitive.float
            assertEquals(indoor, scene.indoor, 0.002f)
        }
    }

    @Test
    fun modelThatTheCardDoesNotDescribe_isRefused() {
        val other = FolderBundleFiles(
            TestScenes.folder,
            mapOf("model.tflite" to ByteArray(8))
        )
        val error = assertThrows(CardException::class.java) {
            SceneClassifier(AnalyzerFiles("scene", other))
        }
        assertTrue("${error.message}", "207580 bytes" in error.message.orEmpty())
    }
}
