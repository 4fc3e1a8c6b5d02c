package org.photointerests.pipeline.scan

import kotlin.math.ceil
import org.photointerests.pipeline.runtime.ThermalState

/**
 * How far a scan is: [done] of [total] photos, [failed] of them unreadable.
 *
 * [photosPerSecond] counts photos that were analysed in this run, and is 0 before the first.
 * [thermalState] says whether the scan is throttled, [isAnalyzing] that all photos are scanned and
 * scenes, places and the like are looked for on them.
 */
data class ScanProgress(
    val done: Int,
    val total: Int,
    val failed: Int,
    val photosPerSecond: Float,
    val thermalState: ThermalState = ThermalState.NOMINAL,
    val isAnalyzing: Boolean = false
) {
    /** How long the rest takes at this rate; null before there is a rate, and while it waits. */
    val secondsLeft: Long?
        get() = photosPerSecond.takeIf { it > 0 && thermalState != ThermalState.SEVERE }
            ?.let { ceil((total - done).coerceAtLeast(0) / it).toLong() }
}

/** How a scan ended. */
enum class ScanResult { COMPLETE, NO_ACCESS }
