package org.photointerests.pipeline.runtime

import kotlin.math.sqrt

/** How far stored features are apart: 0 for the same direction, 1 for nothing in common. */
fun cosineDistance(a: ByteArray, b: ByteArray): Double {
    require(a.size == b.size) { "features: expected ${a.size} bytes, received ${b.size}" }
    val norms = sqrt(dot(a, a) * dot(b, b))
    return if (norms == 0.0) 1.0 else 1 - dot(a, b) / norms
}

private fun dot(a: ByteArray, b: ByteArray): Double {
    var sum = 0L
    for (index in a.indices) {
        sum += (a[index].toInt() and 255) * (b[index].toInt() and 255)
    }
    return sum.toDouble()
}
