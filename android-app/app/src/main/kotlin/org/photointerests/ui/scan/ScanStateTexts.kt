package org.photointerests.ui.scan

import androidx.annotation.StringRes
import org.photointerests.R
import org.photointerests.library.R as LibraryR
import org.photointerests.pipeline.decode.PhotoProblem
import org.photointerests.pipeline.runtime.ThermalState
import org.photointerests.pipeline.scan.ScanFailure
import org.photointerests.pipeline.scan.ScanState
import org.photointerests.pipeline.scan.WaitReason

/** Whether a scan is under way, be it that it waits. */
internal val ScanState.isUnderWay get() = this is ScanState.Running || this is ScanState.Waiting

/** How far photos are scanned; null where they all are, or none is. */
internal val ScanState.photoProgress
    get() = (this as? ScanState.Running)?.progress?.takeIf { !it.isAnalyzing }

private val ScanState.Running.isAnalyzing get() = progress?.isAnalyzing == true

/** How the scan stands, in a few words. */
@StringRes
internal fun ScanState.title(): Int = when (this) {
    ScanState.Idle -> R.string.scan_idle
    is ScanState.Waiting -> when (reason) {
        WaitReason.CHARGER -> R.string.scan_waiting_for_charger
        WaitReason.DEFERRED -> R.string.scan_deferred
        else -> R.string.scan_waiting
    }
    is ScanState.Running -> when (progress?.thermalState) {
        ThermalState.MODERATE -> R.string.scan_warm
        ThermalState.SEVERE -> R.string.scan_hot
        else -> if (isAnalyzing) LibraryR.string.scan_analyzing else R.string.scan_running
    }
    ScanState.Paused -> R.string.scan_paused
    is ScanState.Failed -> R.string.scan_failed
}

/** Why it stands so, and what becomes of it; null where the title says all. */
@StringRes
internal fun ScanState.explanation(autoScan: Boolean): Int? = when (this) {
    ScanState.Idle -> if (autoScan) R.string.scan_idle_text else R.string.scan_idle_manual_text
    is ScanState.Waiting -> reason.text()
    is ScanState.Running -> when (progress?.thermalState) {
        ThermalState.MODERATE -> R.string.scan_warm_text
        ThermalState.SEVERE -> R.string.scan_hot_text
        else -> LibraryR.string.scan_analyzing_text.takeIf { isAnalyzing }
    }
    ScanState.Paused -> R.string.scan_paused_text
    is ScanState.Failed -> reason.text()
}

@StringRes
private fun WaitReason.text(): Int = when (this) {
    WaitReason.SOON -> R.string.scan_waiting_text
    WaitReason.LOW_BATTERY -> R.string.scan_waiting_for_battery_text
    WaitReason.CHARGER -> R.string.scan_waiting_for_charger_text
    WaitReason.DEFERRED -> R.string.scan_deferred_text
    WaitReason.QUOTA -> R.string.scan_quota_text
    WaitReason.STANDBY -> R.string.scan_standby_text
    WaitReason.RESTRICTED -> R.string.scan_restricted_text
    WaitReason.STOPPED_BY_USER -> R.string.scan_stopped_text
    WaitReason.DEVICE_STATE -> R.string.scan_device_state_text
    WaitReason.SYSTEM -> R.string.scan_system_text
    WaitReason.RETRY -> R.string.scan_retry_text
}

@StringRes
private fun ScanFailure.text(): Int = when (this) {
    ScanFailure.NO_ACCESS -> R.string.scan_no_access_text
    ScanFailure.GALLERY -> R.string.scan_gallery_text
    ScanFailure.STORAGE_FULL -> R.string.error_storage_full_text
    ScanFailure.STORAGE_DAMAGED -> R.string.error_storage_damaged_text
    ScanFailure.STORAGE_UNREADABLE -> R.string.error_storage_unreadable_text
    ScanFailure.MODEL_DAMAGED -> R.string.error_model_damaged_text
    ScanFailure.ERROR -> R.string.scan_failed_text
}

/** Why a photo was not scanned. */
@StringRes
internal fun PhotoProblem.text(): Int = when (this) {
    PhotoProblem.GONE -> R.string.problem_gone
    PhotoProblem.NO_ACCESS -> R.string.problem_no_access
    PhotoProblem.UNREADABLE -> R.string.problem_unreadable
    PhotoProblem.NOT_A_PHOTO -> R.string.problem_not_a_photo
    PhotoProblem.BROKEN -> R.string.problem_broken
    PhotoProblem.CUT_OFF -> R.string.problem_cut_off
    PhotoProblem.UNSUPPORTED -> R.string.problem_unsupported
    PhotoProblem.TOO_LARGE -> R.string.problem_too_large
    PhotoProblem.NOTHING_TO_SEE -> R.string.problem_nothing_to_see
    PhotoProblem.TOO_SLOW -> R.string.problem_too_slow
    PhotoProblem.CRASHED -> R.string.problem_crashed
}
