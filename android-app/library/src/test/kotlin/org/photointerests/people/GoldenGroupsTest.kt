package org.photointerests.people

import java.util.Base64
import kotlin.random.Random
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.float
import kotlinx.serialization.json.int
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.photointerests.support.TestFaces

/** Drawn numbers of faces, in the groups that Python finds in whichever order they come. */
class GoldenGroupsTest {
    private val golden = Json.parseToJsonElement(TestFaces.groups).jsonObject
    private val thresholds = golden.getValue("thresholds").jsonObject
    private val radius = thresholds.getValue("radius").jsonPrimitive.float
    private val distance = thresholds.getValue("distance").jsonPrimitive.float
    private val faces = golden.run {
        val scale = getValue("scale").jsonPrimitive.float
        val bytes = Base64.getDecoder().decode(getValue("faces").jsonPrimitive.content)
        List(bytes.size / WIDTH) { face ->
            FloatArray(WIDTH) { bytes[face * WIDTH + it] * scale }
        }
    }
    private val expected = golden.getValue("groups").jsonArray.map { it.jsonPrimitive.int }

    @Test
    fun personAfterPerson() = assertGroups(faces.indices.toList())

    @Test
    fun backwards() = assertGroups(faces.indices.reversed().toList())

    @Test
    fun shuffled() = repeat(3) { assertGroups(faces.indices.shuffled(Random(it))) }

    private fun assertGroups(order: List<Int>) {
        assertTrue("${faces.size}", faces.size >= 100)
        val clusters = FaceClusters(room = 1)
        val placed = order.associateWith { face ->
            val place = clusters.nearest(faces[face], radius)
                ?: clusters.begin(clusters.size.toLong())
            clusters.add(place, faces[face])
            place.toLong()
        }
        val groups = group(clusters, emptyMap(), emptySet(), distance)
        assertTrue("${clusters.size} ${groups.size}", clusters.size >= groups.size + 5)
        val received = groups.map { group ->
            faces.indices.filter { placed.getValue(it) in group.clusters }.toSet()
        }
        val wanted = faces.indices.groupBy { expected[it] }.values.map { it.toSet() }
        assertEquals(wanted.toSet(), received.toSet())
    }
}
