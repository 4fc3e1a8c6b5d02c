package org.photointerests.search

import java.util.BitSet
import org.photointerests.people.PeopleDao

/** People that the user gave a name to, by the ids of their groups. */
internal class PersonSearchSource(private val people: PeopleDao) : SearchSource {
    override val name get() = NAME

    override suspend fun documents(): List<SearchEntry> = people.named().map {
        val called = it.name.orEmpty()
        SearchEntry("${it.id}", called, called)
    }

    override suspend fun photos(references: List<String>): Map<String, BitSet> =
        people.items(references.map(String::toLong)).byReference()

    override suspend fun counts(): Map<String, Int> =
        people.namedCounts().associate { it.reference to it.photos }

    companion object {
        const val NAME = "persons"
    }
}
