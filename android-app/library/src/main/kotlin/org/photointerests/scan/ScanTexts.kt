package org.photointerests.scan

import android.content.Context
import org.photointerests.library.R

private const val MINUTE_S = 60L
private const val HOUR_S = 3600L

/** Count, rate and time left, in words. */
fun Context.describe(progress: ScanProgress): String {
    val count = getString(R.string.scan_count, progress.done, progress.total)
    val left = progress.secondsLeft ?: return count
    val rate = getString(R.string.scan_rate, progress.photosPerSecond)
    return listOf(count, rate, describeTimeLeft(left)).joinToString(" · ")
}

/** A time in its largest unit: more would be a precision that an estimate lacks. */
fun Context.describeTimeLeft(seconds: Long): String {
    val (unit, size) = when {
        seconds < MINUTE_S -> R.plurals.scan_seconds_left to 1L
        seconds < HOUR_S -> R.plurals.scan_minutes_left to MINUTE_S
        else -> R.plurals.scan_hours_left to HOUR_S
    }
    val amount = ((seconds + size / 2) / size).toInt()
    return resources.getQuantityString(unit, amount, amount)
}
