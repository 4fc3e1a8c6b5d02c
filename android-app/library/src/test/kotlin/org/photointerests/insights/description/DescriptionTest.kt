package org.photointerests.insights.description

import java.io.File
import java.time.YearMonth
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.float
import kotlinx.serialization.json.int
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.photointerests.core.Label
import org.photointerests.pipeline.analysis.detections.DetectionAnalyzer
import org.photointerests.pipeline.analysis.detections.FoundObjects
import org.photointerests.pipeline.analysis.people.countPeople
import org.photointerests.pipeline.analysis.places.Place
import org.photointerests.support.TestDetectors
import org.photointerests.support.TestScenes

/** The sentences that Python composes of the same. */
class DescriptionTest {
    @Test
    fun sharedCases_haveTheSentencesOfPython() {
        val file = File(checkNotNull(System.getProperty("contract")), "sentences.json")
        val cases = Json.parseToJsonElement(file.readText()).jsonObject.getValue("cases").jsonArray
        assertTrue(cases.size >= 30)
        for (case in cases.map { it.jsonObject }) {
            case.getValue("sentence").jsonObject.forEach { (language, sentence) ->
                val photo = Described(
                    case.people(),
                    case.things(),
                    case.scene(),
                    case.place(),
                    case.month()
                )
                val received = describePhoto(photo, language)
                assertEquals("$case", sentence.jsonPrimitive.content, received)
            }
        }
    }

    @Test
    fun peopleWithNames_areNamed_andTheOthersCounted() {
        fun sentence(language: String, people: Int, vararg names: String) = describePhoto(
            Described(countPeople(people, 0.01f, 0), names = names.toList()),
            language
        )
        assertEquals("Anna", sentence("en", 1, "Anna"))
        assertEquals("Anna and Ben", sentence("en", 2, "Anna", "Ben"))
        assertEquals("Anna and another person", sentence("en", 2, "Anna"))
        assertEquals("Anna and two others", sentence("en", 3, "Anna"))
        assertEquals("Anna and many others", sentence("en", 30, "Anna"))
        // Bodies alone are counted, and fewer of them than there are names.
        assertEquals("Anna, Ben and Chris", sentence("en", 1, "Anna", "Ben", "Chris"))
        assertEquals("Anna und zwei weitere Personen", sentence("de", 3, "Anna"))
        assertEquals("Anna et deux autres personnes", sentence("fr", 3, "Anna"))
        assertEquals("Anna y dos personas más", sentence("es", 3, "Anna"))
        assertEquals("Anna ve iki kişi daha", sentence("tr", 3, "Anna"))
    }

    /** Python composes sentences in English and German alone. */
    @Test
    fun otherLanguagesOfTheApp_haveWholeSentences() {
        val river = TestScenes.files.card.labels.single { it.id == "river" }
        val munich = Place(0, mapOf("en" to "Munich"), "DE", mapOf("en" to "Germany"))
        val received = listOf("fr", "es", "tr").map {
            val photo = Described(scene = river, place = munich, month = YearMonth.of(2024, 8))
            describePhoto(photo, it)
        }
        val expected = listOf(
            "Au bord d’une rivière, Munich, Allemagne, août 2024",
            "Junto a un río, Munich, Alemania, agosto 2024",
            "Bir nehir kıyısında, Munich, Almanya, Ağustos 2024"
        )
        assertEquals(expected, received)
    }

    @Test
    fun languageWithoutSentences_getsEnglish() = assertEquals(
        "A photo, March 2024",
        describePhoto(Described(month = YearMonth.of(2024, 3)), "fi")
    )

    @Test
    fun otherLanguages_nameThePeople() {
        val pair = Described(countPeople(faces = 2, largestFace = 0f, persons = 0))
        val sentences = listOf("fr", "es", "tr").map { describePhoto(pair, it) }
        assertEquals(listOf("Deux personnes", "Dos personas", "İki kişi"), sentences)
    }

    @Test
    fun otherLanguages_nameThings_oneSeveralAndMany() {
        val labels = TestDetectors.files(DetectionAnalyzer.OBJECTS).card.labels
        val things = listOf("chair" to 12, "dog" to 2, "pizza" to 1).map { (id, count) ->
            FoundObjects(labels.single { it.id == id }, count, area = 0f)
        }
        val received = listOf("fr", "es", "tr").map { describePhoto(Described(null, things), it) }
        val expected = listOf(
            "Plusieurs chaises, deux chiens et une pizza",
            "Bastantes sillas, dos perros y una pizza",
            "Çok sayıda sandalye, iki köpek ve bir pizza"
        )
        assertEquals(expected, received)
    }

    private fun JsonObject.people() = (get("people") as? JsonObject)?.let {
        countPeople(
            it.getValue("faces").jsonPrimitive.int,
            it.getValue("largest_face").jsonPrimitive.float,
            it.getValue("persons").jsonPrimitive.int
        )
    }

    private fun JsonObject.things() = get("things")?.jsonArray.orEmpty().map {
        val thing = it.jsonObject
        val phrases = thing.getValue("phrases").names()
        val label =
            Label("it", phrases, phrases, thing.getValue("plurals").names(), null, null)
        FoundObjects(label, thing.getValue("count").jsonPrimitive.int, area = 0f)
    }

    private fun JsonObject.scene() = part("scene")?.let {
        val least = TestScenes.files.card.thresholds.getValue("description")
        val phrases = it.getValue("phrases").names()
        Label("it", phrases, phrases, null, null, null)
            .takeIf { _ -> it.getValue("probability").jsonPrimitive.float >= least }
    }

    private fun JsonObject.place() = part("place")?.let {
        Place(
            0,
            it.getValue("names").names(),
            it.getValue("country").jsonPrimitive.content,
            it.getValue("country_names").names()
        )
    }

    private fun JsonObject.month() = getValue("month").takeIf { it != JsonNull }
        ?.let { YearMonth.parse(it.jsonPrimitive.content) }

    private fun JsonObject.part(key: String) = getValue(key) as? JsonObject

    private fun JsonElement.names() = jsonObject.mapValues { it.value.jsonPrimitive.content }
}
