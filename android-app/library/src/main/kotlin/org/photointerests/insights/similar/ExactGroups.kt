package org.photointerests.insights.similar

import org.photointerests.core.PhotoKey
import org.photointerests.pipeline.analysis.features.PhotoFeatures

/**
 * Divides groups of photos with near sketches by the cosines of their features: all of an exact group
 * have a cosine of at least [least] to the first one of it that was added.
 */
internal class ExactGroups(groups: List<LongArray>, private val least: Double) {
    private val groupOf = HashMap<Long, Int>()
    private val exact = Array(groups.size) { mutableListOf<ExactGroup>() }

    init {
        groups.forEachIndexed { index, items -> items.forEach { groupOf[it] = index } }
    }

    fun add(photo: PhotoFeatures) {
        val groups = exact[groupOf.getValue(photo.item)]
        val group = groups.find { cosine(it.first, photo.features) >= least }
            ?: ExactGroup(photo.features).also { groups += it }
        group.members += photo.takenAtMs to photo.key
    }

    /** Groups of two photos or more, the oldest of each first. */
    fun groups(): List<List<PhotoKey>> = exact.flatMap { it }.filter { it.members.size > 1 }
        .map { group -> group.members.sortedBy { it.first }.map { it.second } }

    private class ExactGroup(val first: ByteArray) {
        val members = mutableListOf<Pair<Long, PhotoKey>>()
    }
}
