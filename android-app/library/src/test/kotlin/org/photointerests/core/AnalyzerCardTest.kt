package org.photointerests.core

import java.io.File
import java.io.FileNotFoundException
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Test
import org.photointerests.support.TestScenes

class AnalyzerCardTest {
    private val text = File(TestScenes.folder, "card.json").readText()

    @Test
    fun releasedCard_isRead() {
        val card = AnalyzerCard.parse(text, "scene")
        assertEquals(100, card.labels.size)
        assertEquals(16, card.groups.size)
        assertEquals(1024, (card.input as FeatureInput).dimension)
        assertEquals("an einer Abtei", card.labels.first().phrases["de"])
    }

    @Test
    fun cardOfAPosition_isRead() {
        val input = text.indexOf("\"input\":")
        val end = text.indexOf('}', input) + 1
        val position = text.replaceRange(input, end, "\"input\": {\"kind\": \"position\"}")
        assertEquals(PositionInput, AnalyzerCard.parse(position, "scene").input)
    }

    @Test
    fun whatIsWrong_isNamed() {
        mapOf(
            text.replace("\"format\": 1", "\"format\": 9") to "expected 1, received 9",
            text.replace("\"gate\"", "\"gates\"") to "gates",
            text.replace("\"license\": \"Apache-2.0\",", "") to "license",
            text.replace("\"model\": \"model.tflite\"", "\"model\": \"other\"") to "received other",
            text.replaceFirst("\"group\": \"religion\"", "\"group\": \"none\"") to "received none",
            "[" to "the card of scene"
        ).forEach { (changed, expected) ->
            assertTrue("nothing was changed for $expected", changed != text)
            val error = assertThrows(expected, CardException::class.java) {
                AnalyzerCard.parse(changed, "scene")
            }
            assertTrue("${error.message}", expected in error.message.orEmpty())
        }
        assertThrows(CardException::class.java) { AnalyzerCard.parse(text, "place") }
    }

    @Test
    fun analyzerThatIsNotPacked_isNone() {
        assertNull(AnalyzerFiles.find("scene") { throw FileNotFoundException(it) })
    }
}
