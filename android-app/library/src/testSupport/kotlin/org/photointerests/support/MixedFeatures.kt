package org.photointerests.support

import kotlin.random.Random

/** Features of a photo that shows something of two of these, with some noise. */
fun List<ByteArray>.mixed(random: Random): ByteArray {
    val (one, other) = List(2) { this.random(random) }
    val share = random.nextInt(257)
    return ByteArray(one.size) {
        val value = (one[it].toInt() and 255) * share + (other[it].toInt() and 255) * (256 - share)
        (value / 256 * random.nextInt(50, 151) / 100).coerceIn(0, 255).toByte()
    }
}
