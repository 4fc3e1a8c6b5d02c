package org.photointerests.insights.similar

/** Rows that are joined into sets: union-find with path halving. */
internal class DisjointSets(private val size: Int) {
    private val parents = IntArray(size) { it }

    fun join(row: Int, other: Int) {
        parents[root(other)] = root(row)
    }

    /** Joins what is joined in [others], which has as many rows. */
    fun join(others: DisjointSets) {
        for (row in 0 until size) join(others.parents[row], row)
    }

    /** Sets of two rows or more, each in ascending order; the set of the first row is first. */
    fun groups(): List<IntArray> {
        val roots = IntArray(size) { root(it) }
        val sizes = IntArray(size)
        for (root in roots) sizes[root]++
        val groups = LinkedHashMap<Int, IntArray>()
        val filled = IntArray(size)
        for (row in 0 until size) {
            val root = roots[row]
            if (sizes[root] == 1) continue
            groups.getOrPut(root) { IntArray(sizes[root]) }[filled[root]++] = row
        }
        return groups.values.toList()
    }

    private fun root(row: Int): Int {
        var root = row
        while (parents[root] != root) {
            parents[root] = parents[parents[root]]
            root = parents[root]
        }
        return root
    }
}
