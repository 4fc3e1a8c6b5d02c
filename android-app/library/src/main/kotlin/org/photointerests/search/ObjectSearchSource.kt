package org.photointerests.search

import java.util.BitSet
import org.photointerests.core.Named
import org.photointerests.pipeline.analysis.detections.PhotoDetections

/**
 * The things that an analyzer finds, by the place of their label in the card; "dog" or "dogs", and
 * species by their scientific name too, which is their id. [found] is null without its models.
 */
internal class ObjectSearchSource(
    override val name: String = NAME,
    private val found: () -> PhotoDetections?
) : SearchSource {
    override suspend fun documents(): List<SearchEntry> =
        found()?.card?.labels.orEmpty().mapIndexed { place, label ->
            val words = label.names.values + label.plurals?.values.orEmpty() +
                label.id.replace('_', ' ')
            SearchEntry("$place", words.distinct().joinToString(" "))
        }

    override suspend fun photos(references: List<String>): Map<String, BitSet> {
        val objects = found() ?: return emptyMap()
        val labels = references.mapNotNull { it.toIntOrNull() }
            .filter { it in objects.card.labels.indices }
        return if (labels.isEmpty()) emptyMap() else objects.items(labels).byReference()
    }

    override suspend fun counts(): Map<String, Int> =
        found()?.counts().orEmpty().associate { it.reference to it.photos }

    companion object {
        const val NAME = "objects"
    }
}

/** All labels, by their references in searches. */
fun PhotoDetections.named(): Map<String, Named> =
    card.labels.withIndex().associate { (place, label) -> "$place" to label }
