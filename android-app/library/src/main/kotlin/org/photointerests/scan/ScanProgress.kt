package org.photointerests.scan

import kotlin.math.ceil

/**
 * How far a scan is: [done] of [total] photos, [failed] of them unreadable.
 *
 * [photosPerSecond] counts photos that were read in this run, and is 0 before the first. [heat] tells
 * whether the phone has to be spared.
 */
data class ScanProgress(
    val done: Int,
    val total: Int,
    val failed: Int,
    val photosPerSecond: Float,
    val heat: Heat = Heat.COOL
) {
    /** How long the rest takes at this rate; null before there is a rate, and while it waits. */
    val secondsLeft: Long?
        get() = photosPerSecond.takeIf { it > 0 && heat != Heat.HOT }
            ?.let { ceil((total - done).coerceAtLeast(0) / it).toLong() }
}

/** How a scan ended. */
enum class ScanResult { COMPLETE, NO_ACCESS }
