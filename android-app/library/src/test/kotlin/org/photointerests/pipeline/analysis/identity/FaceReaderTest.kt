package org.photointerests.pipeline.analysis.identity

import java.nio.ByteBuffer
import java.security.MessageDigest
import java.util.Base64
import kotlin.math.abs
import kotlin.math.sqrt
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.double
import kotlinx.serialization.json.float
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.junit.Assert.assertEquals
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.core.directBuffer
import org.photointerests.core.hex
import org.photointerests.people.fromHalves
import org.photointerests.people.halves
import org.photointerests.pipeline.decode.Frame
import org.photointerests.pipeline.decode.PhotoException
import org.photointerests.pipeline.decode.PhotoFile
import org.photointerests.pipeline.decode.RGB
import org.photointerests.support.AppTestRunner
import org.photointerests.support.TestBundle
import org.photointerests.support.TestDetectors
import org.photointerests.support.TestFaces

/** The real networks on drawn faces, against what Python makes of them. */
@RunWith(AppTestRunner::class)
class FaceReaderTest {
    private val rule = TestBundle.bundle.card.input
    private val golden = Json.parseToJsonElement(TestFaces.golden).jsonObject

    @Test
    fun faces_areThoseOfPython() {
        val files = TestFaces.files
        var farthest = 0.0
        var compared = 0
        FaceReader(files, rule).use { reader ->
            for ((name, faces) in golden) {
                val expected = faces.jsonArray.map { it.jsonObject }
                val received = reader.read(picture(name))
                assertEquals(name, expected.size, received.size)
                for ((one, other) in expected.zip(received)) {
                    val box = one.getValue("box").jsonArray.map { it.jsonPrimitive.float }
                    val (left, top, width, height) = other.box
                    val off = box.zip(listOf(left, top, width, height))
                        .maxOf { (a, b) -> abs(a - b) }
                    assertTrue("$name: $off", off <= files.card.tolerances.getValue("box"))
                    val numbers = Base64.getDecoder()
                        .decode(one.getValue("embedding").jsonPrimitive.content).fromHalves()
                    val far = distance(numbers, other.embedding)
                    assertTrue("$name: $far", far <= files.card.tolerances.getValue("embedding"))
                    farthest = maxOf(farthest, far)
                    compared++
                }
            }
        }
        println("measured: farthest numbers of a face from Python's: $farthest")
        assertTrue("$compared", compared >= 6)
    }

    /** Points differ in their last bits between runtimes: here they are those of Python. */
    @Test
    fun alignedFaces_areEqualToTheByte() {
        val aligned = directBuffer(FACE_SIDE * FACE_SIDE * RGB)
        var compared = 0
        for ((name, faces) in golden) {
            Frame(picture(name)).use { frame ->
                val photo = frame.decoded(rule.reducedDecode)
                for (face in faces.jsonArray.map { it.jsonObject }) {
                    val points = face.getValue("points").jsonArray
                    val places = DoubleArray(points.size) { points[it].jsonPrimitive.double }
                    alignFace(photo, places, rule.background, aligned)
                    val expected = face.getValue("sha256").jsonPrimitive.content
                    assertEquals(name, expected, sha256(aligned))
                    compared++
                }
            }
        }
        assertTrue("$compared", compared >= 6)
    }

    @Test
    fun numbers_areKeptAsHalves() {
        val numbers = FloatArray(128) { (it - 64) / 100f }
        val kept = numbers.halves()
        assertEquals(256, kept.size)
        kept.fromHalves().zip(numbers.toList()) { a, b -> assertEquals(b, a, 0.0005f) }
        assertEquals(listOf<Byte>(0, 0x3C), floatArrayOf(1f).halves().toList())
    }

    @Test
    fun pointsInOnePlace_areRefused() {
        assertThrows(IllegalArgumentException::class.java) {
            Similarity.fit(DoubleArray(10) { 1.0 }, DoubleArray(10) { it.toDouble() })
        }
    }

    @Test
    fun fileThatIsNoPhoto_isRefused() = FaceReader(TestFaces.files, rule).use { reader ->
        assertThrows(PhotoException::class.java) {
            reader.read(PhotoFile { "no photo".byteInputStream() })
        }
        assertEquals(1, reader.read(picture("face")).size)
    }

    private fun picture(name: String) = PhotoFile { TestDetectors.picture(name).inputStream() }

    private fun sha256(pixels: ByteBuffer): String = MessageDigest.getInstance("SHA-256")
        .apply { update(pixels.duplicate()) }.hex()

    private fun distance(one: FloatArray, other: FloatArray) =
        sqrt(one.zip(other.toList()) { a, b -> (a - b).toDouble() * (a - b) }.sum())
}
