package org.photointerests.insights.interests

import java.nio.ByteBuffer
import java.util.Locale
import org.photointerests.core.ModelCard
import org.photointerests.core.Shown
import org.photointerests.core.sha256

private val TOKEN = Regex("\\p{L}+(?:['’&]\\p{L}+)*|\\p{Nd}+")

// Of names; those of other languages are often words of another meaning in English or German.
private val LANGUAGES = setOf("en", "de")

/**
 * The words that name interests, as in Python: names of those that are shown to everybody, and the
 * brands, dishes, sports and places of a [table] with the columns interest and word.
 */
internal class InterestWords(card: ModelCard, table: ByteBuffer) {
    private val shown = card.interests.filter { it.shown == Shown.ALWAYS }
    private val ids = shown.map { it.id }.toSet()
    private val rows = Charsets.UTF_8.decode(table.duplicate()).lines().drop(1)
        .filter { it.isNotBlank() }.map { it.split(',') }.filter { it[0] in ids }
    private val phrases: Map<List<String>, String> = shown.flatMap { interest ->
        interest.names.filterKeys { it in LANGUAGES }.values.map { tokens(it) to interest.id }
    }.toMap() + rows.map { (interest, word) -> tokens(word) to interest }
    private val longest = phrases.keys.maxOfOrNull { it.size } ?: 0

    /** Names the table. */
    val version = sha256(table.duplicate())

    /** The words of a text that name each interest, by its id. */
    fun find(text: String): Map<String, Set<String>> {
        val tokens = tokens(text)
        val found = sortedMapOf<String, MutableSet<String>>()
        for (start in tokens.indices) {
            for (end in start + 1..minOf(tokens.size, start + longest)) {
                val phrase = tokens.subList(start, end)
                val interest = phrases[phrase] ?: continue
                found.getOrPut(interest) { sortedSetOf() } += phrase.joinToString(" ")
            }
        }
        return found
    }

    private fun tokens(text: String): List<String> =
        TOKEN.findAll(text.lowercase(Locale.ROOT).replace("ß", "ss")).map { it.value }.toList()

    companion object {
        const val FILE = "interest_words.csv"
    }
}
