package org.photointerests.measure

import java.util.Random
import kotlin.math.exp
import kotlin.math.ln
import kotlin.math.sqrt
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.people.DISTANCE
import org.photointerests.people.FaceClusters
import org.photointerests.people.RADIUS
import org.photointerests.people.WIDTH
import org.photointerests.people.fromHalves
import org.photointerests.people.group
import org.photointerests.people.halves
import org.photointerests.support.AppTestRunner

private const val PEOPLE = 500
private const val SEEN_ONCE = 0.3
private const val PERSONS_APART = 0.7
private const val FACES_APART = 0.3
private const val DIFFICULTY = 0.35
private const val MEGABYTE = 1e6
private const val MILLE = 1000
private const val LEAST_SAME = 0.99

/** Groups drawn faces of very many photos in three orders; `measure -PfaceCount` runs it. */
@RunWith(AppTestRunner::class)
class FaceGroupsMeasurement {
    private val count = checkNotNull(System.getProperty("faceCount")).toInt()

    @Test
    fun manyFaces_areInNearlyTheSameGroups_inWhicheverOrderTheyCome() {
        val random = Random(1)
        val people = IntArray(count) { face ->
            // As frequent as words of a language; the others are met once.
            if (random.nextDouble() < SEEN_ONCE) PEOPLE + face else zipf(random)
        }
        val faces = people.map { draw(it, random) }
        val ofPerson = people.indices.sortedBy { people[it] }
        val orders = mapOf(
            "shuffled" to people.indices.toList(),
            "person after person" to ofPerson,
            "backwards" to ofPerson.reversed()
        )
        report("faces", count.toDouble())
        val all = orders.mapValues { (name, order) -> groups(name, order, faces) }
        val first = all.values.first()
        for ((name, found) in all) {
            // Clusters, and with them a group in a thousand, depend on the order.
            val same = found.count { it in first }.toDouble() / maxOf(found.size, first.size)
            report("$name: groups that are the same in the first order, per mille", MILLE * same)
            assertTrue("$name: $same", same >= LEAST_SAME)
        }
    }

    private fun groups(name: String, order: List<Int>, faces: List<ByteArray>): Set<Set<Int>> {
        val before = usedBytes()
        val started = System.nanoTime()
        val clusters = FaceClusters()
        val placed = IntArray(faces.size)
        for (face in order) {
            val embedding = faces[face].fromHalves()
            val place = clusters.nearest(embedding, RADIUS)
                ?: clusters.begin(clusters.size.toLong())
            clusters.add(place, embedding)
            placed[face] = place
        }
        val added = System.nanoTime()
        val found = group(clusters, emptyMap(), emptySet(), DISTANCE)
        report("$name: added, s", (added - started) / 1e9)
        report("$name: grouped, s", (System.nanoTime() - added) / 1e9)
        report("$name: clusters", clusters.size.toDouble())
        report("$name: groups", found.size.toDouble())
        report("$name: memory of clusters and groups, MB", (usedBytes() - before) / MEGABYTE)
        val groupOf = IntArray(clusters.size)
        found.forEachIndexed { index, it -> it.clusters.forEach { groupOf[it.toInt()] = index } }
        return faces.indices.groupBy { groupOf[placed[it]] }.values.map { it.toSet() }.toSet()
    }

    private fun report(what: String, value: Double) = println("measured: $what: %.1f".format(value))

    private fun zipf(random: Random) = (exp(random.nextDouble() * LOG_PEOPLE) - 1).toInt()

    private fun draw(person: Int, random: Random): ByteArray {
        val middle = Random(person.toLong())
        val apart = FACES_APART * exp(random.nextGaussian() * DIFFICULTY)
        val share = 1 / sqrt(2.0 * WIDTH)
        return FloatArray(WIDTH) {
            val number = middle.nextGaussian() * PERSONS_APART + random.nextGaussian() * apart
            (number * share).toFloat()
        }.halves()
    }

    private fun usedBytes(): Long {
        System.gc()
        return Runtime.getRuntime().run { totalMemory() - freeMemory() }
    }

    private companion object {
        val LOG_PEOPLE = ln(PEOPLE + 1.0)
    }
}
