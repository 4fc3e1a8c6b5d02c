package org.photointerests.scan

import androidx.work.Data
import androidx.work.workDataOf
import org.photointerests.gallery.GalleryException
import org.photointerests.store.Fault
import org.photointerests.store.faultOf

internal const val FAILURE = "failure"
private const val DONE = "done"
private const val TOTAL = "total"
private const val FAILED = "failed"
private const val RATE = "rate"
private const val HEAT = "heat"

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
internal fun failureOf(error: Throwable): ScanFailure = when {
    error is GalleryException -> ScanFailure.GALLERY
    else -> when (faultOf(error)) {
        Fault.STORAGE_FULL -> ScanFailure.STORAGE_FULL
        Fault.STORAGE_DAMAGED -> ScanFailure.STORAGE_DAMAGED
        Fault.STORAGE_UNREADABLE -> ScanFailure.STORAGE_UNREADABLE
        Fault.MODEL_DAMAGED -> ScanFailure.MODEL_DAMAGED
        null -> ScanFailure.ERROR
    }
}

/** Whether the same may well work a little later, without the user. */
internal val ScanFailure.passes: Boolean
    get() = this != ScanFailure.STORAGE_FULL && this != ScanFailure.MODEL_DAMAGED

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
