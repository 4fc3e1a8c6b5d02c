package org.photointerests.search

import java.util.BitSet
import org.photointerests.core.Named
import org.photointerests.pipeline.analysis.detections.PhotoDetections

/** The objects that a detector finds, by the place of their label in the card; "dog" or "dogs". */
internal class ObjectSearchSource(private val objects: PhotoDetections) : SearchSource {
    override val name get() = NAME

    override suspend fun documents(): List<SearchEntry> =
        objects.card.labels.mapIndexed { place, label ->
            val words = label.names.values + label.plurals?.values.orEmpty()
            SearchEntry("$place", words.distinct().joinToString(" "))
        }

    override suspend fun photos(references: List<String>): Map<String, BitSet> {
        val labels = references.mapNotNull { it.toIntOrNull() }
            .filter { it in objects.card.labels.indices }
        return if (labels.isEmpty()) emptyMap() else objects.items(labels).byReference()
    }

    override suspend fun counts(): Map<String, Int> =
        objects.counts().associate { it.reference to it.photos }

    companion object {
        const val NAME = "objects"
    }
}

/** All labels, by their references in searches. */
fun PhotoDetections.named(): Map<String, Named> =
    card.labels.withIndex().associate { (place, label) -> "$place" to label }
