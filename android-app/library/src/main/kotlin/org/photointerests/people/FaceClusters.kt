package org.photointerests.people

private const val FIRST_ROOM = 256
private const val NONE = -1
private const val PARTS = 4

/**
 * Small clusters of faces that grow as photos are scanned, each so tight that it is of one person.
 *
 * They are the leaves of BIRCH (Zhang, Ramakrishnan and Livny, 1996): of each cluster only the number
 * of its faces, their sum and the sum of their squares are needed, and the mean squared distance
 * between all faces of two clusters is exact from these.
 */
internal class FaceClusters(room: Int = FIRST_ROOM) {
    var size = 0
        private set
    var ids = LongArray(room)
        private set
    var counts = IntArray(room)
        private set
    var squares = FloatArray(room)
        private set

    /** Sum of the embeddings of each cluster, [WIDTH] numbers after each other. */
    var sums = FloatArray(room * WIDTH)
        private set

    /**
     * The place of the nearest cluster; null where the root of the mean squared distance to the faces
     * of each is larger than [radius].
     */
    fun nearest(embedding: FloatArray, radius: Float): Int? {
        var nearest = NONE
        var least = radius * radius - embedding.squaredLength()
        for (cluster in 0 until size) {
            val product = product(embedding, cluster * WIDTH)
            val distance = (squares[cluster] - 2 * product) / counts[cluster]
            if (distance < least || (distance == least && nearest == NONE)) {
                least = distance
                nearest = cluster
            }
        }
        return nearest.takeIf { it != NONE }
    }

    /** Of an embedding and the sum at a place: in four parts, which do not wait for each other. */
    private fun product(embedding: FloatArray, start: Int): Float {
        var first = 0f
        var second = 0f
        var third = 0f
        var fourth = 0f
        for (index in 0 until WIDTH step PARTS) {
            first += embedding[index] * sums[start + index]
            second += embedding[index + 1] * sums[start + index + 1]
            third += embedding[index + 2] * sums[start + index + 2]
            fourth += embedding[index + 3] * sums[start + index + 3]
        }
        return first + second + third + fourth
    }

    /** Puts a face into the cluster at a place. */
    fun add(place: Int, embedding: FloatArray) {
        counts[place]++
        squares[place] += embedding.squaredLength()
        for (index in 0 until WIDTH) sums[place * WIDTH + index] += embedding[index]
    }

    /** Begins a cluster without faces; returns its place. */
    fun begin(id: Long): Int {
        if (size == ids.size) grow()
        ids[size] = id
        return size++
    }

    /** A cluster as it is stored. */
    fun restore(stored: ClusterSums) {
        val place = begin(stored.id)
        counts[place] = stored.count
        squares[place] = stored.squares
        stored.sum.putFloats(sums, place * WIDTH)
    }

    /** The sum of a cluster as it is stored. */
    fun sum(place: Int): ByteArray = sums.bytes(place * WIDTH, WIDTH)

    private fun grow() {
        val room = maxOf(2 * size, FIRST_ROOM)
        ids = ids.copyOf(room)
        counts = counts.copyOf(room)
        squares = squares.copyOf(room)
        sums = sums.copyOf(room * WIDTH)
    }
}

internal fun FloatArray.squaredLength(): Float {
    var sum = 0f
    for (value in this) sum += value * value
    return sum
}
