package org.photointerests.pipeline.decode

import java.io.File
import java.security.MessageDigest
import kotlin.math.abs
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.double
import kotlinx.serialization.json.int
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.support.AppTestRunner
import org.photointerests.support.TestBundle

private const val SIDE = 224
private const val HALF = 20
private val MIDDLES = listOf(56 to 56, 168 to 56, 56 to 168, 168 to 168)

/**
 * Damaged and odd files, of which Python reads the same ones to the same end:
 * `tests/contract/damaged_photos.json` holds what each gives.
 */
@RunWith(AppTestRunner::class)
class DamagedPhotosTest {
    private val contract = File(checkNotNull(System.getProperty("contract")))
    private val files = File(contract, "damaged_photos")
    private val expected =
        Json.parseToJsonElement(File(contract, "damaged_photos.json").readText()).jsonObject
    private val boxes = expected.getValue("heif").jsonObject
    private val input = TestBundle.bundle.card.input
    private val preprocessor = ImagePreprocessor(input)

    @Test
    fun preprocess_damagedPhotos_areReadOrRefusedAsInPython() {
        val tolerance = expected.getValue("tolerance").jsonPrimitive.double
        val cases = expected.getValue("cases").jsonArray.map { it.jsonObject }
        val wrong = cases.mapNotNull { case ->
            val name = case.getValue("file").jsonPrimitive.content
            val received = read(name)
            val isRight = when (val corners = case["corners"]) {
                null -> received == case.reason()
                else -> received is List<*> && differ(received, corners.jsonArray) <= tolerance
            }
            if (isRight) null else "$name: expected ${corners(case)}, received $received"
        }
        assertTrue(wrong.joinToString("\n"), wrong.isEmpty())
        assertTrue("${cases.size} cases", cases.size >= 40)
    }

    @Test
    fun cleanAperture_ofAnAvif_isThatOfPython() {
        for ((name, box) in boxes.getValue("clean_aperture").jsonObject) {
            val crop = HeifBoxes(content(name)).cleanAperture()?.crop
            val received = crop?.let { listOf(it.left, it.top, it.right, it.bottom) }
            assertEquals(name, (box as? JsonArray)?.map { it.jsonPrimitive.int }, received)
        }
    }

    @Test
    fun thumbnailFirst_ofAHeic_givesTheFileOfPython() {
        for ((name, hash) in boxes.getValue("thumbnail_first").jsonObject) {
            val received = HeifBoxes(content(name)).thumbnailFirst()
            if (hash is JsonNull) {
                assertNull(name, received)
            } else {
                assertEquals(name, hash.jsonPrimitive.content, sha256(checkNotNull(received)))
            }
        }
    }

    @Test
    fun isCut_heicThatEndsEarly_isFoundOut() {
        val whole = listOf("heic_with_thumbnail.heic", "avif_clean_aperture.avif")
        for (name in whole) assertEquals(name, false, isCut(name))
        for (name in boxes.getValue("cut").jsonArray) {
            assertEquals("$name", true, isCut(name.jsonPrimitive.content))
        }
    }

    /** Each file that is cut at any place, or has any byte changed, is read or refused by name. */
    @Test
    fun preprocess_everyShorterFile_isReadOrRefused() {
        for (file in files.listFiles().orEmpty().sorted()) {
            val whole = file.readBytes()
            for (part in 1..12) {
                val cut = whole.copyOf(whole.size * part / 13)
                try {
                    val pixels = preprocessor.preprocess(cut::inputStream)
                    assertEquals(SIDE * SIDE * RGB, pixels.remaining())
                } catch (_: PhotoException) {
                    // By name.
                }
                HeifBoxes(cut).cleanAperture()
                HeifBoxes(cut).thumbnailFirst()
            }
        }
    }

    private fun content(name: String) = File(files, name).readBytes()

    private fun isCut(name: String) = isCut(content(name).inputStream(), "image/heif")

    private fun JsonObject.reason() =
        (this["refused_by_app"] ?: getValue("refused")).jsonPrimitive.content

    private fun corners(case: JsonObject): Any = case["corners"] ?: case.reason()

    /** Colours of the corners, or the reason why there are none. */
    private fun read(name: String): Any = try {
        val pixels = Frame(File(files, name)::inputStream).use {
            it.checkEvidence(input)
            preprocessor.preprocess(it)
        }
        MIDDLES.map { (x, y) ->
            List(RGB) { channel ->
                (y - HALF..y + HALF).flatMap { row ->
                    (x - HALF..x + HALF).map {
                        pixels.get((row * SIDE + it) * RGB + channel).toInt() and 0xFF
                    }
                }.average()
            }
        }
    } catch (error: PhotoException) {
        error.problem.name.lowercase().replace('_', ' ')
    }

    private fun differ(received: List<*>, expected: JsonArray): Double {
        val numbers = received.flatMap { (it as List<*>).map { value -> value as Double } }
        val right = expected.flatMap { it.jsonArray.map { value -> value.jsonPrimitive.double } }
        return numbers.zip(right).maxOf { (one, other) -> abs(one - other) }
    }

    private fun sha256(content: ByteArray) =
        MessageDigest.getInstance("SHA-256").digest(content).joinToString("") { "%02x".format(it) }
}
