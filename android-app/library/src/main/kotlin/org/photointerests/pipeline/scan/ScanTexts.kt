package org.photointerests.pipeline.scan

import android.content.Context
import android.os.Build
import org.photointerests.library.R
import org.photointerests.pipeline.runtime.Accelerator
import org.photointerests.pipeline.runtime.BenchmarkResult

private const val MINUTE_S = 60L
private const val HOUR_S = 3600L

/** Count, rate and time left, in words. */
fun Context.describe(progress: ScanProgress): String = parts(progress).joinToString(" · ")

/**
 * Count, rate and time left one by one; the count alone before there is a rate, and what is done
 * where all photos are scanned and analyzed further.
 */
fun Context.parts(progress: ScanProgress): List<String> {
    if (progress.isAnalyzing) return listOf(getString(R.string.scan_analyzing_text))
    val count = getString(R.string.scan_count, progress.done, progress.total)
    val left = progress.secondsLeft ?: return listOf(count)
    val rate = getString(R.string.scan_rate, progress.photosPerSecond)
    return listOf(count, rate, describeTimeLeft(left))
}

/** What a benchmark found, with the phone it ran on, to be read and passed on. */
fun Context.describe(result: BenchmarkResult): String {
    val photos = if (result.ofGallery) R.plurals.benchmark_gallery else R.plurals.benchmark_golden
    val phone = getString(
        R.string.benchmark_phone,
        Build.MANUFACTURER,
        Build.MODEL,
        Build.VERSION.RELEASE
    )
    val head = listOf(
        phone,
        resources.getQuantityString(photos, result.photos, result.photos),
        getString(R.string.benchmark_decode, result.decodeMs),
        getString(R.string.benchmark_resize, result.resizeMs)
    )
    val inference = result.inference.map {
        val threads = resources.getQuantityString(
            R.plurals.benchmark_threads,
            it.threads,
            it.threads
        )
        val name = if (it.accelerator == Accelerator.CPU) "CPU, $threads" else it.accelerator.name
        getString(R.string.benchmark_inference, name, it.milliseconds)
    }
    val store = getString(R.string.benchmark_store, result.storeMs)
    return (head + inference + store).joinToString("\n")
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
