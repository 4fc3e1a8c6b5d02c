package org.photointerests.core

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonObject
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Test
import org.photointerests.support.Format1Bundle
import org.photointerests.support.TestBundle

class ModelCardTest {
    private val text = TestBundle.bytes(ModelCard.FILE).decodeToString()
    private val format1 = Format1Bundle.bytes(ModelCard.FILE).decodeToString()

    @Test
    fun parse_releasedCard_readsIt() {
        val card = ModelCard.parse(text)
        assertEquals(2, card.format)
        assertEquals(card.interests.size + card.kinds.size, card.state.shape.last())
        assertEquals(10.0, card.events?.gapMinutes)
        assertTrue(card.interests.map { it.shown }.containsAll(Shown.entries))
        assertTrue(card.kinds.any { it.interests.isNotEmpty() })
        assertTrue(card.files.keys.containsAll(card.golden.cases.map { it.image }))
    }

    @Test
    fun parse_cardOfFormat1_readsItsCategoriesAsInterests() {
        val card = ModelCard.parse(format1)
        assertEquals(1, card.format)
        assertEquals(178, card.interests.size)
        assertTrue(card.interests.all { it.shown == Shown.ALWAYS })
        assertEquals(emptyList<Kind>(), card.kinds)
        assertNull(card.events)
    }

    @Test
    fun parse_keyOfTheOtherFormat_namesIt() {
        assertRefused(format1.replaceFirst("\"categories\"", "\"interests\""), "categories")
        assertRefused(format1.replaceFirst("\"files\"", "\"kinds\": [], \"files\""), "kinds")
        assertRefused(text.replaceFirst("\"interests\"", "\"categories\""), "categories")
        val events = Regex("\"events\": \\{\\s*\"gap_minutes\": [0-9.]+\\s*\\}")
        assertTrue(events in text)
        assertRefused(text.replace(events, "\"events\": null"), "events.gap_minutes", "null")
        assertRefused(text.replace(events, "\"events\": {\"gap_minutes\": 0}"), "0")
    }

    @Test
    fun parse_wordForShownThatIsUnknown_namesIt() {
        assertRefused(text.replaceFirst("\"on_request\"", "\"sometimes\""), "sometimes")
    }

    @Test
    fun parse_kindOfAnUnknownInterest_namesIt() {
        val kind = ModelCard.parse(text).kinds.first { it.interests.isNotEmpty() }
        val interest = kind.interests.keys.first()
        // The last place is that of a kind: those of interests are before it.
        val at = text.lastIndexOf("\"$interest\":")
        val changed = text.substring(0, at) + "\"elsewhere\":" +
            text.substring(at + interest.length + 3)
        assertRefused(changed, "interest of kind", "elsewhere")
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
        val plain = JsonObject(Json.parseToJsonElement(text).jsonObject - "lineage").toString()
        fun with(lineage: String) = plain.replaceFirst("\"files\"", "$lineage \"files\"")
        assertNull(ModelCard.parse(plain).lineage)
        val card = ModelCard.parse(with(lineage))
        assertEquals("a", card.lineage?.steps?.single()?.inputs?.get("extractor"))
        val unknown = lineage.replaceFirst("\"features\":", "\"colour\": 1, \"features\":")
        assertRefused(with(unknown), "colour")
        assertRefused(with(lineage.replaceFirst("\"features\": \"b\",", "")), "features")
    }

    @Test
    fun parse_missingKey_namesIt() {
        assertRefused(text.replaceFirst("\"format\": 2,", ""), "format")
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
    fun parse_newerFormat_saysWhatMayReadIt() {
        val message = assertThrows(CardException::class.java) {
            ModelCard.parse(text.replaceFirst("\"format\": 2", "\"format\": 3"))
        }.message
        assertEquals(
            "format: expected 1 or 2, received 3; a newer version of this program may read it",
            message
        )
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
