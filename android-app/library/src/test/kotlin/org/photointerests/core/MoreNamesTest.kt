package org.photointerests.core

import org.junit.Assert.assertEquals
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Test
import org.photointerests.support.TestBundle
import org.photointerests.support.TestScenes

private val LANGUAGES = setOf("en", "de", "fr", "es", "tr")

/** Names that the bundle's card has not. */
class MoreNamesTest {
    private val card = TestBundle.bundle.card

    @Test
    fun bundleThatShips_namesEverythingInEveryLanguage() {
        for (interest in card.interests) {
            assertEquals(interest.id, LANGUAGES, interest.names.filterValues { it != "" }.keys)
        }
        for (area in card.areas) assertEquals(area.id, LANGUAGES, area.names.keys)
        for (kind in card.kinds) {
            assertEquals(kind.id, LANGUAGES, kind.names.filterValues { it.isNotBlank() }.keys)
        }
        val dogs = card.interests.single { it.id == "dogs" }.names
        val others = listOf("fr", "es", "tr").map(dogs::get)
        assertEquals(listOf("Chiens", "Perros", "Köpekler"), others)
    }

    /** Two interests of one name could not be told apart on a screen. */
    @Test
    fun names_ofALanguage_areAllDifferent() {
        for (language in LANGUAGES) {
            val names = card.interests.map { it.names.getValue(language) }
            assertEquals(language, names.distinct(), names)
        }
    }

    /** Photo sets share things, and German names say which are one thing. */
    @Test
    fun namesOfKinds_areDifferentWhereTheKindsAre() {
        for (language in LANGUAGES) {
            val same = card.kinds.groupBy { it.names.getValue(language) }
                .mapValues { (_, kinds) -> kinds.map { it.names.getValue("de") }.distinct() }
                .filterValues { it.size > 1 }
            assertEquals(language, emptyMap<String, List<String>>(), same)
        }
        val dalmatians = card.kinds.single { it.id == "caltech.dalmatian" }.names
        val others = listOf("fr", "es", "tr").map(dalmatians::get)
        assertEquals(listOf("Dalmatiens", "Dálmatas", "Dalmaçyalılar"), others)
    }

    /** What has no row keeps its English name: the app shows that. */
    @Test
    fun kind_thatIsInNoTable_keepsItsNames() {
        val names = mapOf("en" to "Teapot museums")
        val kind = card.kinds.first().copy(names = names)
        assertEquals(names, MoreNames.addTo(card.copy(kinds = listOf(kind))).kinds.single().names)
    }

    @Test
    fun scenes_haveNamesAndPhrasesInEveryLanguage() {
        val scenes = TestScenes.files.card
        for (named in scenes.labels + scenes.groups) {
            assertEquals(named.id, LANGUAGES, named.names.filterValues { it.isNotBlank() }.keys)
        }
        for (language in LANGUAGES) {
            val phrases = scenes.labels.map { it.phrases.getValue(language) }
            assertEquals(language, phrases.distinct(), phrases)
            assertTrue(language, phrases.none { it.isBlank() || it[0].isUpperCase() })
        }
        val coast = scenes.labels.single { it.id == "coast" }
        val others = listOf("fr", "es", "tr").map(coast.phrases::get)
        assertEquals(listOf("sur une côte", "en una costa", "bir kıyıda"), others)
    }

    @Test
    fun name_thatACardHas_isKept_andOneOfAnotherMeaningGetsNone() {
        val dogs = card.interests.single { it.id == "dogs" }
        val own = dogs.copy(names = mapOf("en" to "Dogs", "fr" to "Toutous"))
        val other = dogs.copy(names = mapOf("en" to "Hot dogs"))
        val (kept, bare) = MoreNames.addTo(card.copy(interests = listOf(own, other))).interests
        assertEquals("Toutous", kept.names["fr"])
        assertEquals("Perros", kept.names["es"])
        assertEquals(mapOf("en" to "Hot dogs"), bare.names)
    }

    @Test
    fun table_thatIsNotThere_isNamed() {
        val error = assertThrows(IllegalStateException::class.java) { rowsOf("/no.tsv") }
        assertEquals("no file /no.tsv", error.message)
    }
}
