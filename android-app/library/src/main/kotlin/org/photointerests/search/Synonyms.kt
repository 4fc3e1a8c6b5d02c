package org.photointerests.search

import org.photointerests.core.rowsOf

private const val PATH = "/org/photointerests/search/synonyms.tsv"

/** Other words that people search for a thing with, in English and German: synonyms.tsv. */
internal object Synonyms {
    private val words by lazy {
        rowsOf(PATH).associate { row ->
            val ofAll = (row - KEYS).values.flatMap { it.split(", ") }
            (row.getValue("source") to row.getValue("id")) to ofAll
        }
    }

    /** The words for a thing of a [SearchSource]; none where its names serve. */
    fun of(source: String, id: String): List<String> = words[source to id].orEmpty()

    /** All things that there are words for: the name of a source, and an id in it. */
    val things: Set<Pair<String, String>> get() = words.keys

    private val KEYS = setOf("source", "id")
}
