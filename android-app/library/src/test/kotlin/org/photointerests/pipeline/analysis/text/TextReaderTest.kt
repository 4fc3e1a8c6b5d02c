package org.photointerests.pipeline.analysis.text

import kotlin.math.abs
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.float
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.junit.Assert.assertEquals
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.pipeline.decode.PhotoException
import org.photointerests.pipeline.decode.PhotoFile
import org.photointerests.support.AppTestRunner
import org.photointerests.support.TestBundle
import org.photointerests.support.TestTexts

/** The real models on drawn pictures, against what Python reads on them. */
@RunWith(AppTestRunner::class)
class TextReaderTest {
    private val files = TestTexts.files
    private val rule = TestBundle.bundle.card.input

    @Test
    fun lines_areThoseOfPython() {
        val golden = Json.parseToJsonElement(TestTexts.golden).jsonObject
        var compared = 0
        var farthest = 0f
        TextReader(files, rule).use { reader ->
            for ((name, expected) in golden) {
                val lines = expected.jsonArray.map { it.jsonArray }
                val received = reader.read(picture(name))
                assertEquals(
                    name,
                    lines.map { it[0].jsonPrimitive.content },
                    received.map { it.text }
                )
                for ((line, one) in lines.zip(received)) {
                    val values = line.drop(1).map { it.jsonPrimitive.float }
                    val far = abs(values[0] - one.score)
                    assertTrue("$name: $far", far <= tolerance("score"))
                    val box = one.box.run { listOf(left, top, width, height) }
                    val off = values.drop(1).zip(box).maxOf { (a, b) -> abs(a - b) }
                    assertTrue("$name: $off", off <= tolerance("box"))
                    farthest = maxOf(farthest, far, off)
                    compared++
                }
            }
        }
        println("measured: farthest score or side of a box from Python's: $farthest")
        assertTrue("$compared", compared >= 25)
    }

    @Test
    fun fileThatIsNoPhoto_isRefused() = TextReader(files, rule).use { reader ->
        assertThrows(PhotoException::class.java) {
            reader.read(PhotoFile { "no photo".byteInputStream() })
        }
        assertEquals("Thank you", reader.read(picture("private")).last().text)
    }

    private fun picture(name: String) = PhotoFile { TestTexts.picture(name).inputStream() }

    private fun tolerance(of: String) = files.card.tolerances.getValue(of)
}
