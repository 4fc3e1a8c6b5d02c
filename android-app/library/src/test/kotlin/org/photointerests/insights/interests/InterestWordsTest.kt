package org.photointerests.insights.interests

import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.support.AppTestRunner
import org.photointerests.support.TestWords

/** The cases of Python's test of the same words. */
@RunWith(AppTestRunner::class)
class InterestWordsTest {
    private val words = TestWords.words

    @Test
    fun wordsNamesAndPhrases_inTwoLanguages() {
        assertEquals(
            mapOf("meals" to setOf("pizzeria"), "football" to setOf("premier league")),
            words.find("PIZZERIA Roma, Premier League")
        )
        assertEquals(
            mapOf("meals" to setOf("speisekarte"), "coffee" to setOf("kaffee")),
            words.find("Speisekarte: Kaffee")
        )
        assertEquals(setOf("table_tennis", "tennis"), words.find("Table tennis").keys)
    }

    @Test
    fun partOfAWord_isNoWord() =
        assertEquals(emptyMap<String, Set<String>>(), words.find("Barbeque toolbox golfing"))

    @Test
    fun sensitiveInterests_areNotNamed() = assertEquals(
        emptyMap<String, Set<String>>(),
        words.find("Religion, health and medicine, pharmacy")
    )
}
