package org.photointerests.search

import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.photointerests.support.TestBundle

/** The list of words that people search with. */
class SynonymsTest {
    private val card = TestBundle.bundle.card

    @Test
    fun things_areThoseOfTheBundle() {
        val known = card.interests.map { SearchSources.INTERESTS to it.id } +
            card.kinds.map { SearchSources.KINDS to it.id }
        assertEquals(emptySet<Any>(), Synonyms.things - known.toSet())
        assertTrue(Synonyms.things.size > 100)
    }

    @Test
    fun words_areNeitherEmptyNorNamesAlready() {
        val names = card.interests.associate { it.id to it.names.values.map(String::folded) }
        for ((source, id) in Synonyms.things) {
            val words = Synonyms.of(source, id)
            assertTrue("$source $id: $words", words.all { it.isNotBlank() && it == it.trim() })
            val known = words.map { it.folded() } intersect names[id].orEmpty().toSet()
            assertEquals("$source $id", emptySet<String>(), known)
        }
    }

    @Test
    fun thing_withoutWords_hasNone() = assertEquals(emptyList<String>(), Synonyms.of("x", "dogs"))
}
