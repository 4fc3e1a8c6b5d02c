package org.photointerests.core

import org.junit.Assert.assertEquals
import org.junit.Assert.assertThrows
import org.junit.Test
import org.photointerests.support.TestBundle

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
