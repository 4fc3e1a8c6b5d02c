package org.photointerests.search

import java.util.BitSet

/** What a document of a [SearchSource] is found by; [label] is its name where the card has none. */
data class SearchEntry(val reference: String, val text: String, val label: String = "")

/**
 * Things that words find, each of which stands for several photos: interests or months, for
 * instance.
 *
 * Analyzers that read words on single photos need none: they write them with [SearchDao.put].
 */
interface SearchSource {
    /** Name in the index; never changes. */
    val name: String

    /** Works out what is costly to know, and is found only then; photos that come are added. */
    suspend fun update() = Unit

    /** All that can be found now. */
    suspend fun documents(): List<SearchEntry>

    /** The items of the photos that each of these stands for. */
    suspend fun photos(references: List<String>): Map<String, BitSet>

    /** How many photos each of all stands for; without those that stand for none. */
    suspend fun counts(): Map<String, Int>
}

/** Rows as a set of items for each reference. */
internal fun List<ReferenceItem>.byReference(name: (String) -> String = { it }) =
    mutableMapOf<String, BitSet>().also { sets ->
        forEach { row ->
            sets.getOrPut(name(row.reference)) { BitSet() }.set(Math.toIntExact(row.item))
        }
    }
