package org.photointerests.scan

import androidx.work.Data
import androidx.work.workDataOf

internal const val FAILURE = "failure"
private const val DONE = "done"
private const val TOTAL = "total"
private const val FAILED = "failed"
private const val RATE = "rate"
private const val HEAT = "heat"

/** Why a scan gave up. */
enum class ScanFailure { NO_ACCESS, ERROR }

internal fun ScanProgress.toData(): Data = workDataOf(
    DONE to done,
    TOTAL to total,
    FAILED to failed,
    RATE to photosPerSecond,
    HEAT to heat.name
)

/** Null for a worker that has not reported yet. */
internal fun Data.toProgress(): ScanProgress? = if (getInt(TOTAL, -1) < 0) {
    null
} else {
    ScanProgress(
        getInt(DONE, 0),
        getInt(TOTAL, 0),
        getInt(FAILED, 0),
        getFloat(RATE, 0f),
        Heat.valueOf(getString(HEAT) ?: Heat.COOL.name)
    )
}
