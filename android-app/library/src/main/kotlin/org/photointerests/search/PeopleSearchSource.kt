package org.photointerests.search

import java.util.BitSet
import org.photointerests.core.Named
import org.photointerests.pipeline.analysis.people.Framing
import org.photointerests.pipeline.analysis.people.PhotoPeople

/** Portraits, and photos of one person, of two and of groups. */
internal class PeopleSearchSource(private val people: PhotoPeople) : SearchSource {
    override val name get() = NAME

    override suspend fun documents(): List<SearchEntry> = Framing.entries.map {
        SearchEntry(it.id, it.names.values.distinct().joinToString(" "))
    }

    override suspend fun photos(references: List<String>): Map<String, BitSet> {
        val wanted = Framing.entries.filter { it.id in references }
        if (wanted.isEmpty()) return emptyMap()
        return people.all().entries.filter { it.value.framing in wanted }
            .groupBy({ it.value.framing.id }, { it.key })
            .mapValues { (_, items) ->
                BitSet().apply { items.forEach { set(Math.toIntExact(it)) } }
            }
    }

    override suspend fun counts(): Map<String, Int> =
        people.all().values.groupingBy { it.framing.id }.eachCount()

    companion object {
        const val NAME = "people"
    }
}

/** All that has a name, by its reference in searches. */
fun PhotoPeople.named(): Map<String, Named> = Framing.entries.associateBy { it.id }
