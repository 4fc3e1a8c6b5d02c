package org.photointerests.people

import org.photointerests.insights.similar.DisjointSets

// Units that are compared with each other one after the other: their numbers fit into a cache.
private const val BLOCK = 64

/**
 * Joins units until all are further from each other than a distance; returns for each the number of
 * one of those that it is joined with, the same for all of these.
 *
 * Distance is the root of the mean squared distance between all pairs of faces of two units: average
 * linkage (Sokal and Michener, 1958). It is reducible, so that chains of nearest neighbours find what
 * the closest pair first would find (Murtagh, 1983), with memory for the units alone. What is joined
 * does not depend on their order.
 */
internal fun link(units: FaceUnits, distance: Float): IntArray {
    val limit = distance * distance
    val joined = IntArray(units.size) { it }
    for (part in nearParts(units, limit)) {
        val roots = NeighbourChains(units.take(part), limit).link()
        part.forEachIndexed { place, unit -> joined[unit] = part[roots[place]] }
    }
    return joined
}

/** What units fall into when near ones are connected: units of different parts are never joined. */
private fun nearParts(units: FaceUnits, limit: Float): List<IntArray> {
    val sets = DisjointSets(units.size)
    for (start in 0 until units.size step BLOCK) {
        val end = minOf(start + BLOCK, units.size)
        for (other in start until units.size) {
            for (one in start until minOf(end, other)) {
                if (units.squaredDistance(one, other, limit) <= limit) sets.join(one, other)
            }
        }
    }
    return sets.groups()
}

/** Chains of nearest neighbours among [units], which are changed. */
private class NeighbourChains(private val units: FaceUnits, private val limit: Float) {
    private val parents = IntArray(units.size) { it }

    // The first `left` of these are not finished yet; `places` says where each is.
    private val open = IntArray(units.size) { it }
    private val places = IntArray(units.size) { it }
    private var left = units.size
    private val chain = IntArray(units.size)
    private var length = 0

    /** The unit that each one is part of. */
    fun link(): IntArray {
        while (left > 0) {
            if (length == 0) chain[length++] = open[0]
            val tip = chain[length - 1]
            val before = if (length > 1) chain[length - 2] else null
            when (val nearest = nearest(tip, before)) {
                // A unit without near ones stays as it is, whatever others do.
                null -> {
                    length--
                    close(tip)
                }
                before -> {
                    length -= 2
                    units.join(tip, nearest)
                    parents[tip] = nearest
                    close(tip)
                }
                else -> chain[length++] = nearest
            }
        }
        return IntArray(units.size) { root(it) }
    }

    /** The nearest open unit within the limit; where several are, the one before in the chain. */
    private fun nearest(tip: Int, before: Int?): Int? {
        var nearest: Int? = null
        var least = limit
        if (before != null && !bothKept(tip, before)) {
            val squared = units.squaredDistance(tip, before, least)
            if (squared <= least) {
                nearest = before
                least = squared
            }
        }
        for (place in 0 until left) {
            val other = open[place]
            if (other == tip || other == before || bothKept(tip, other)) continue
            val squared = units.squaredDistance(tip, other, least)
            if (squared < least || (nearest == null && squared <= least)) {
                nearest = other
                least = squared
            }
        }
        return nearest
    }

    private fun bothKept(one: Int, other: Int) = units.kept[one] && units.kept[other]

    private fun close(unit: Int) {
        val last = open[--left]
        open[places[unit]] = last
        places[last] = places[unit]
    }

    private fun root(unit: Int): Int {
        var root = unit
        while (parents[root] != root) root = parents[root]
        return root
    }
}
