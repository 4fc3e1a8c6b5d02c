package org.photointerests.pipeline.scan

import androidx.work.Data
import androidx.work.workDataOf
import org.photointerests.core.AppError
import org.photointerests.core.appErrorOf
import org.photointerests.pipeline.runtime.ThermalState

internal const val FAILURE = "failure"
private const val DONE = "done"
private const val TOTAL = "total"
private const val FAILED = "failed"
private const val RATE = "rate"
private const val THERMAL_STATE = "thermalState"
private const val ANALYZING = "analyzing"

/** Why a scan gave up. */
enum class ScanFailure {
    NO_ACCESS,
    GALLERY,
    STORAGE_FULL,
    STORAGE_DAMAGED,
    STORAGE_UNREADABLE,
    MODEL_DAMAGED,
    ERROR
}

/** Why a scan that ended with an error gave up. */
internal fun failureOf(error: Throwable): ScanFailure = when (appErrorOf(error)) {
    AppError.GALLERY_UNAVAILABLE -> ScanFailure.GALLERY
    AppError.STORAGE_FULL -> ScanFailure.STORAGE_FULL
    AppError.STORAGE_DAMAGED -> ScanFailure.STORAGE_DAMAGED
    AppError.STORAGE_UNREADABLE -> ScanFailure.STORAGE_UNREADABLE
    AppError.MODEL_DAMAGED -> ScanFailure.MODEL_DAMAGED
    null -> ScanFailure.ERROR
}

/** Whether the same may well work a little later, without the user. */
internal val ScanFailure.passes: Boolean
    get() = this != ScanFailure.STORAGE_FULL && this != ScanFailure.MODEL_DAMAGED

internal fun ScanProgress.toData(): Data = workDataOf(
    DONE to done,
    TOTAL to total,
    FAILED to failed,
    RATE to photosPerSecond,
    THERMAL_STATE to thermalState.name,
    ANALYZING to isAnalyzing
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
        ThermalState.entries.find { it.name == getString(THERMAL_STATE) } ?: ThermalState.NOMINAL,
        getBoolean(ANALYZING, false)
    )
}

/** Reason of a scan that failed; of one that another version of this app stored, just an error. */
internal fun Data.toFailure(): ScanFailure =
    ScanFailure.entries.find { it.name == getString(FAILURE) } ?: ScanFailure.ERROR
