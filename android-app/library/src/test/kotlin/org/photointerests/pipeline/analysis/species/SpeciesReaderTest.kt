package org.photointerests.pipeline.analysis.species

import android.graphics.Bitmap
import android.graphics.Color
import java.io.ByteArrayOutputStream
import java.nio.ByteBuffer
import kotlin.math.abs
import kotlinx.serialization.encodeToString
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.float
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.junit.Assert.assertEquals
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.core.AnalyzerFiles
import org.photointerests.core.CardException
import org.photointerests.core.sha256
import org.photointerests.pipeline.analysis.detections.Box
import org.photointerests.pipeline.analysis.detections.Detection
import org.photointerests.pipeline.decode.Frame
import org.photointerests.pipeline.decode.Letterbox
import org.photointerests.pipeline.decode.LetterboxPreprocessor
import org.photointerests.pipeline.decode.PhotoFile
import org.photointerests.support.AppTestRunner
import org.photointerests.support.TestBundle
import org.photointerests.support.TestDetectors
import org.photointerests.support.TestSpecies

private const val SQUARES = "squares"
private val WHOLE = Box(0f, 0f, 1f, 1f)

/** The real networks on drawn pictures, against what Python's make of them. */
@RunWith(AppTestRunner::class)
class SpeciesReaderTest {
    private val rule = TestBundle.bundle.card.input
    private val golden = Json.parseToJsonElement(TestSpecies.golden).jsonObject

    @Test
    fun probabilities_areThoseOfPython() {
        var farthest = 0f
        for (name in SpeciesPacks.NAMES) {
            val files = TestSpecies.files(name)
            val tolerance = files.card.tolerances.getValue("score")
            val labels = files.card.labels.map { it.id }
            SpeciesClassifier(files).use { classifier ->
                val fit = LetterboxPreprocessor(classifier.input, rule)
                for ((picture, expected) in golden.getValue(name).jsonObject) {
                    val fitted = Frame(photo(picture)).use(fit::preprocess)
                    assertEquals(picture, expected.jsonObject.text("sha256"), hash(fitted))
                    val received = classifier.probabilities(fitted.pixels)
                    for ((label, value) in expected.jsonObject.getValue("labels").jsonObject) {
                        val far = abs(received[labels.indexOf(label)] - value.jsonPrimitive.float)
                        assertTrue("$name $picture $label: $far", far <= tolerance)
                        farthest = maxOf(farthest, far)
                    }
                }
            }
        }
        println("measured: farthest probability of a species from Python's: $farthest")
    }

    @Test
    fun squaresAroundBoxes_areThoseOfPython_toTheByte() {
        val expected = golden.getValue(SQUARES).jsonObject
        val boxes = expected.getValue("boxes").jsonArray.map { box ->
            val (left, top, width, height) = box.jsonArray.map { it.jsonPrimitive.float }
            Box(left, top, width, height)
        }
        assertEquals(3, boxes.size)
        SpeciesReader(TestSpecies.files(SpeciesAnalyzer.BIRDS), rule).use { reader ->
            for ((picture, hashes) in expected - "boxes") {
                val received = reader.cut(photo(picture), boxes) { cut, _ -> hash(cut) }
                assertEquals(picture, hashes.jsonArray.map { it.jsonPrimitive.content }, received)
            }
        }
    }

    @Test
    fun whatIsNotSure_orNoAnimal_isNotNamed_andElseHasItsBox() {
        SpeciesReader(TestSpecies.files(SpeciesAnalyzer.BIRDS), rule).use {
            assertEquals(emptyList<Detection>(), it.inBoxes(photo("clock"), listOf(WHOLE)))
            assertEquals(emptyList<Detection>(), it.inMiddle(photo("clock")))
        }
        val sure = TestSpecies.surePack(SpeciesAnalyzer.BIRDS)
        SpeciesReader(sure, rule).use { reader ->
            val one = reader.inBoxes(photo("clock"), listOf(WHOLE)).single()
            assertEquals(WHOLE, one.box)
            assertEquals("drawn_animal", sure.card.labels[one.label].id)
            assertTrue("${one.score}", one.score in 0.5f..1f)
            // Twice as wide as high: the largest square in the middle of it.
            val middle = reader.inMiddle(photo("face_and_clock")).single().box
            assertEquals(Box(0.25f, 0f, 0.5f, 1f), middle)
        }
    }

    /** Stripes of two pixels, which are one grey in the small photo that all analyzers share. */
    @Test
    fun smallBox_isReadFromMorePixels_whereTheFileHasThem() {
        val stripes = striped(2400, 1600)
        SpeciesReader(TestSpecies.files(SpeciesAnalyzer.BIRDS), rule).use { reader ->
            val file = PhotoFile { stripes.inputStream() }
            fun contrast(box: Box) = reader.cut(file, listOf(box)) { cut, _ ->
                val row = List(cut.width) { cut.pixels.get(3 * it).toInt() and 255 }
                row.max() - row.min()
            }.single()
            val (large, small) = contrast(WHOLE) to contrast(Box(0.5f, 0.4f, 0.06f, 0.05f))
            assertTrue("$large, $small", large < 40 && small > 100)
        }
    }

    @Test
    fun modelThatDoesNotFitItsCard_isRefused() {
        val files = TestSpecies.files(SpeciesAnalyzer.BIRDS)
        val label = Json.encodeToString(files.card.labels.first())
        val card = TestDetectors.cardText(SpeciesAnalyzer.BIRDS)
            .replace("\"labels\": [", "\"labels\": [$label,")
        val other = AnalyzerFiles(SpeciesAnalyzer.BIRDS) {
            if (it == "card.json") ByteBuffer.wrap(card.toByteArray()) else files.model()
        }
        val error = assertThrows(CardException::class.java) { SpeciesClassifier(other) }
        assertTrue("${error.message}", "is not as its card says" in error.message.orEmpty())
    }

    private fun photo(picture: String) = PhotoFile { TestDetectors.picture(picture).inputStream() }

    private fun hash(picture: Letterbox) = sha256(picture.pixels.duplicate())

    private fun JsonObject.text(name: String) = getValue(name).jsonPrimitive.content

    private fun striped(width: Int, height: Int): ByteArray {
        val row = IntArray(width) { if (it / 2 % 2 == 0) Color.BLACK else Color.WHITE }
        val bitmap = Bitmap.createBitmap(width, height, Bitmap.Config.ARGB_8888)
        repeat(height) { bitmap.setPixels(row, 0, width, 0, it, width, 1) }
        val jpeg = ByteArrayOutputStream()
        bitmap.compress(Bitmap.CompressFormat.JPEG, 98, jpeg)
        return jpeg.toByteArray()
    }
}
