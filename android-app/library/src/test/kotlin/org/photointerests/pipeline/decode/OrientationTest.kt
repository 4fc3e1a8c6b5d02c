package org.photointerests.pipeline.decode

import org.junit.Assert.assertEquals
import org.junit.Test

class OrientationTest {
    /** A file of 3 x 2 pixels named by letters, and how a viewer shows it. */
    @Test
    fun orientation_everyTag_turnsAsViewersDo() {
        val file = listOf("abc", "def")
        val shown = mapOf(
            Orientation.NORMAL to listOf("abc", "def"),
            Orientation.FLIP_HORIZONTAL to listOf("cba", "fed"),
            Orientation.ROTATE_180 to listOf("fed", "cba"),
            Orientation.FLIP_VERTICAL to listOf("def", "abc"),
            Orientation.TRANSPOSE to listOf("ad", "be", "cf"),
            Orientation.ROTATE_90 to listOf("da", "eb", "fc"),
            Orientation.TRANSVERSE to listOf("fc", "eb", "da"),
            Orientation.ROTATE_270 to listOf("cf", "be", "ad")
        )
        assertEquals(Orientation.entries.toSet(), shown.keys)
        for ((orientation, expected) in shown) {
            val received = expected.indices.map { y ->
                expected[0].indices.joinToString("") { x ->
                    "${file[orientation.fileY(x, y, 2)][orientation.fileX(x, y, 3)]}"
                }
            }
            assertEquals("$orientation", expected, received)
        }
    }
}
