package org.photointerests.pipeline.analysis.detections

import java.nio.ByteBuffer
import kotlin.math.abs
import kotlinx.serialization.encodeToString
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.float
import kotlinx.serialization.json.int
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
import org.photointerests.core.Label
import org.photointerests.core.PixelInput
import org.photointerests.core.sha256
import org.photointerests.insights.description.Described
import org.photointerests.insights.description.describePhoto
import org.photointerests.pipeline.analysis.people.countPeople
import org.photointerests.pipeline.decode.Frame
import org.photointerests.pipeline.decode.Letterbox
import org.photointerests.pipeline.decode.LetterboxPreprocessor
import org.photointerests.pipeline.decode.PhotoFile
import org.photointerests.support.AppTestRunner
import org.photointerests.support.TestBundle
import org.photointerests.support.TestDetectors

private val BACKGROUND = listOf(114, 114, 114)

/** The real detectors on drawn pictures, against what Python found on them. */
@RunWith(AppTestRunner::class)
class DetectorTest {
    private val golden = Json.parseToJsonElement(TestDetectors.golden).jsonObject
    private val input = PixelInput(320, "RGB", "uint8", "letterbox", "triangle", BACKGROUND)
    private val preprocessor = LetterboxPreprocessor(input, TestBundle.bundle.card.input)

    @Test
    fun pictures_areFittedIntoTheSquare_toTheByteOfPython() {
        assertTrue(golden.size >= 6)
        for ((name, expected) in golden) {
            val square = expected.jsonObject.getValue("square").jsonObject
            fitted(name) {
                assertEquals(name, square.number("width"), it.width)
                assertEquals(name, square.number("height"), it.height)
                val sha256 = square.getValue("sha256").jsonPrimitive.content
                assertEquals(name, sha256, sha256(it.pixels.duplicate()))
            }
        }
    }

    @Test
    fun faces_areThoseOfPython() = assertGolden(DetectionAnalyzer.FACES, atLeast = 6)

    @Test
    fun objects_areThoseOfPython() = assertGolden(DetectionAnalyzer.OBJECTS, atLeast = 5)

    /** People of faces and persons, things by what they cover: the sentence of the same picture. */
    @Test
    fun sentences_areThoseOfPython() {
        val (faces, objects) = listOf(DetectionAnalyzer.FACES, DetectionAnalyzer.OBJECTS)
            .map { TestDetectors.files(it) }
        val labels = objects.card.labels
        Detector(faces).use { ofFaces ->
            Detector(objects).use { ofObjects ->
                for ((name, picture) in golden) {
                    val found = fitted(name) { ofObjects.detect(it) }
                    val shown = Described(
                        people(fitted(name) { ofFaces.detect(it) }, found, labels),
                        found.byLabel(labels)
                    )
                    val sentences = picture.jsonObject.getValue("sentence").jsonObject
                    assertEquals(name, setOf("en", "de"), sentences.keys)
                    sentences.forEach { (language, expected) ->
                        assertEquals(expected.jsonPrimitive.content, describePhoto(shown, language))
                    }
                }
            }
        }
    }

    @Test
    fun modelThatTheCardDoesNotDescribe_isRefused() {
        val files = TestDetectors.files(DetectionAnalyzer.FACES)
        val label = Json.encodeToString(files.card.labels.single())
        val card = TestDetectors.cardText(DetectionAnalyzer.FACES)
            .replace("\"labels\": [", "\"labels\": [$label,")
        val other = AnalyzerFiles(DetectionAnalyzer.FACES) {
            if (it == "card.json") ByteBuffer.wrap(card.toByteArray()) else files.model()
        }
        val error = assertThrows(CardException::class.java) { Detector(other) }
        assertTrue("${error.message}", "is not as its card says" in error.message.orEmpty())
    }

    private fun assertGolden(analyzer: String, atLeast: Int) {
        val files = TestDetectors.files(analyzer)
        assertEquals(input, files.card.input)
        var compared = 0
        Detector(files).use { detector ->
            for ((name, picture) in golden) {
                val expected = picture.jsonObject.getValue(analyzer).jsonArray.map(::detection)
                val received = fitted(name) { detector.detect(it) }
                assertEquals(name, expected.map { it.label }, received.map { it.label })
                for ((one, other) in expected.zip(received)) {
                    val least = files.card.tolerances
                    assertEquals(name, one.score, other.score, least.getValue("score").toFloat())
                    val far = one.box.sides().zip(other.box.sides()).maxOf { (a, b) -> abs(a - b) }
                    assertTrue("$name: $far", far <= least.getValue("box"))
                    compared++
                }
            }
        }
        assertTrue("$compared", compared >= atLeast)
    }

    private fun <T> fitted(name: String, action: (Letterbox) -> T): T =
        Frame(PhotoFile { TestDetectors.picture(name).inputStream() }).use {
            action(preprocessor.preprocess(it))
        }

    private fun people(faces: List<Detection>, objects: List<Detection>, labels: List<Label>) =
        countPeople(
            faces.size,
            faces.maxOfOrNull { it.box.area } ?: 0f,
            objects.count { labels[it.label].id == "person" }
        )

    private fun detection(row: JsonElement): Detection {
        val values = row.jsonArray.map { it.jsonPrimitive }
        val (left, top, width, height) = values.drop(2).map { it.float }
        return Detection(values[0].int, values[1].float, Box(left, top, width, height))
    }

    private fun Box.sides() = listOf(left, top, width, height)

    private fun JsonObject.number(key: String) = getValue(key).jsonPrimitive.int
}
