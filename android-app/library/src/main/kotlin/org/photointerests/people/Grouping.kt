package org.photointerests.people

/** The clusters of a group that is put together, and the [person] that it is; null for a new one. */
internal class Grouping(val person: Long?, val clusters: List<Long>)

/**
 * Puts clusters together to groups around those that the user decided on.
 *
 * [people] is the group that each of [clusters] is a part of by now, by the cluster's id, and [kept]
 * are the groups that the user decided on: each of them is one unit, which takes in others. Groups are
 * joined up to a [distance] as in [link], and keep the id that most of their faces had.
 */
internal fun group(
    clusters: FaceClusters,
    people: Map<Long, Long?>,
    kept: Set<Long>,
    distance: Float
): List<Grouping> {
    val unitOfKept = mutableMapOf<Long, Int>()
    var size = 0
    val units = IntArray(clusters.size) { cluster ->
        val person = people[clusters.ids[cluster]]?.takeIf { it in kept }
        if (person == null) size++ else unitOfKept.getOrPut(person) { size++ }
    }
    val linked = link(unitsOf(clusters, units, size, unitOfKept.values), distance)
    val groups = (0 until clusters.size).groupBy { linked[units[it]] }.values.sortedWith(
        compareByDescending<List<Int>> { all -> all.sumOf { clusters.counts[it] } }
            .thenBy { clusters.ids[it.first()] }
    )
    val taken = mutableSetOf<Long>()
    return groups.map { group ->
        val before = mutableMapOf<Long, Int>()
        for (cluster in group) {
            val person = people[clusters.ids[cluster]]?.takeIf { it !in taken } ?: continue
            before[person] = (before[person] ?: 0) + clusters.counts[cluster]
        }
        val person = before.keys.firstOrNull { it in kept } ?: before.maxByOrNull { it.value }?.key
        person?.let(taken::add)
        Grouping(person, group.map { clusters.ids[it] })
    }
}

/** [units] is the number of the unit of each cluster, below [size]; some of them are [kept]. */
private fun unitsOf(
    clusters: FaceClusters,
    units: IntArray,
    size: Int,
    kept: Collection<Int>
): FaceUnits {
    val means = FloatArray(size * WIDTH)
    val scatters = FloatArray(size)
    val counts = IntArray(size)
    for (cluster in 0 until clusters.size) {
        val unit = units[cluster]
        counts[unit] += clusters.counts[cluster]
        scatters[unit] += clusters.squares[cluster]
        for (index in 0 until WIDTH) {
            means[unit * WIDTH + index] += clusters.sums[cluster * WIDTH + index]
        }
    }
    for (unit in 0 until size) {
        var length = 0f
        for (index in unit * WIDTH until (unit + 1) * WIDTH) {
            means[index] /= counts[unit].toFloat()
            length += means[index] * means[index]
        }
        scatters[unit] = (scatters[unit] / counts[unit] - length).coerceAtLeast(0f)
    }
    val isKept = BooleanArray(size).also { all -> kept.forEach { all[it] = true } }
    return FaceUnits(means, scatters, counts, isKept)
}
