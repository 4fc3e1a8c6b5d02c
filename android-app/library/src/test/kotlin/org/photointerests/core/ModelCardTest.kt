package org.photointerests.core

import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotEquals
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Test
import org.photointerests.support.TestBundle

class ModelCardTest {
    private val text = TestBundle.bytes(ModelCard.FILE).decodeToString()

    @Test
    fun parse_releasedCard_readsIt() {
        val card = ModelCard.parse(text)
        assertTrue(card.state.shape.single() >= card.categories.size)
        assertTrue(card.files.keys.containsAll(card.golden.cases.map { it.image }))
    }

    @Test
    fun extractorVersion_isOfTheExtractorAndTheRuleForItsPixels() {
        val card = ModelCard.parse(text)
        fun version(of: String, by: String): String {
            assertTrue(of in text)
            return ModelCard.parse(text.replaceFirst(of, by)).extractorVersion
        }
        assertEquals(card.extractorVersion, version(card.version, "9.9.9"))
        val side = "\"minimum_side\": "
        assertNotEquals(card.extractorVersion, version(side, "${side}1"))
        assertNotEquals(card.extractorVersion, version(card.extractorSha256, "0".repeat(64)))
    }

    @Test
    fun parse_unknownKey_namesIt() {
        assertRefused(text.replaceFirst("\"format\"", "\"colour\": 1, \"format\""), "colour")
    }

    @Test
    fun parse_lineage_readsItAsStrictlyAsTheRest() {
        val step = """{"kind": "features", "name": "f", "command": "c",
            "inputs": {"extractor": "a"}, "sha256": "b"}"""
        val lineage = """"lineage": {"extractor": "a", "features": "b",
            "models": {"extractor.tflite": "a"}, "steps": [$step]},"""
        assertTrue("\"lineage\"" !in text)
        val card = ModelCard.parse(text.replaceFirst("\"files\"", "$lineage \"files\""))
        assertEquals("a", card.lineage?.steps?.single()?.inputs?.get("extractor"))
        val unknown = lineage.replaceFirst("\"features\":", "\"colour\": 1, \"features\":")
        assertRefused(text.replaceFirst("\"files\"", "$unknown \"files\""), "colour")
        val missing = lineage.replaceFirst("\"features\": \"b\",", "")
        assertRefused(text.replaceFirst("\"files\"", "$missing \"files\""), "features")
    }

    @Test
    fun parse_missingKey_namesIt() {
        assertRefused(text.replaceFirst("\"format\": 1,", ""), "format")
    }

    @Test
    fun parse_missingInnerKey_namesIt() {
        assertRefused(
            text.replaceFirst(Regex("\"exif_orientation\": true,"), ""),
            "exif_orientation"
        )
    }

    @Test
    fun parse_unsupportedValue_namesExpectedAndReceived() {
        assertRefused(
            text.replaceFirst("\"squash\"", "\"stretch\""),
            "input.resize",
            "squash",
            "stretch"
        )
    }

    @Test
    fun parse_newerFormat_namesExpectedAndReceived() {
        assertRefused(text.replaceFirst("\"format\": 1", "\"format\": 2"), "format", "1", "2")
    }

    @Test
    fun parse_categoryOfUnknownArea_namesIt() {
        val area = ModelCard.parse(text).areas.first().id
        assertRefused(
            text.replaceFirst("\"id\": \"$area\"", "\"id\": \"elsewhere\""),
            area,
            "elsewhere"
        )
    }

    @Test
    fun parse_noJson_isRefused() {
        assertRefused("[", ModelCard.FILE)
    }

    private fun assertRefused(card: String, vararg named: String) {
        val message = assertThrows(CardException::class.java) {
            ModelCard.parse(card)
        }.message.orEmpty()
        named.forEach { assertTrue("$it in: $message", it in message) }
    }
}
