package org.photointerests.pipeline.scan

import androidx.work.WorkInfo

/** How the scan stands. */
sealed interface ScanState {
    data object Idle : ScanState

    data class Waiting(val reason: WaitReason) : ScanState

    /** [progress] is null until the first photo is listed. */
    data class Running(val progress: ScanProgress?) : ScanState

    data object Paused : ScanState

    data class Failed(val reason: ScanFailure) : ScanState
}

/** What a scan waits for. */
enum class WaitReason {
    /** It was just asked for; Android starts it unless the battery is low. */
    SOON,
    LOW_BATTERY,

    /** The user wants it to run while the phone is charged. */
    CHARGER,

    /** Android stopped it for today, and lets it run in short spells when it likes. */
    DEFERRED,

    /** The app has used up the time that Android 16 gives to its jobs. */
    QUOTA,

    /** The app was not opened for long, so that Android seldom lets it run. */
    STANDBY,

    /** The user or the phone restricts what the app does in the background. */
    RESTRICTED,

    /** The user stopped it in the list of active apps. */
    STOPPED_BY_USER,

    /** The phone is too warm, too busy, or saves power. */
    DEVICE_STATE,

    /** Something more important runs. */
    SYSTEM,

    /** It failed, and is tried again. */
    RETRY
}

/** What work waits for that is enqueued: why it was stopped, if it was. */
internal fun waitReasonOf(info: WorkInfo): WaitReason = when (info.stopReason) {
    WorkInfo.STOP_REASON_QUOTA -> WaitReason.QUOTA
    WorkInfo.STOP_REASON_APP_STANDBY,
    WorkInfo.STOP_REASON_ESTIMATED_APP_LAUNCH_TIME_CHANGED -> WaitReason.STANDBY
    WorkInfo.STOP_REASON_BACKGROUND_RESTRICTION -> WaitReason.RESTRICTED
    WorkInfo.STOP_REASON_USER -> WaitReason.STOPPED_BY_USER
    WorkInfo.STOP_REASON_DEVICE_STATE -> WaitReason.DEVICE_STATE
    WorkInfo.STOP_REASON_PREEMPT,
    WorkInfo.STOP_REASON_SYSTEM_PROCESSING -> WaitReason.SYSTEM
    WorkInfo.STOP_REASON_FOREGROUND_SERVICE_TIMEOUT,
    WorkInfo.STOP_REASON_TIMEOUT -> WaitReason.DEFERRED
    WorkInfo.STOP_REASON_CONSTRAINT_CHARGING -> WaitReason.CHARGER
    WorkInfo.STOP_REASON_CONSTRAINT_BATTERY_NOT_LOW -> WaitReason.LOW_BATTERY
    else -> notStopped(info)
}

private fun notStopped(info: WorkInfo): WaitReason = when {
    info.constraints.requiresCharging() -> WaitReason.CHARGER
    info.runAttemptCount > 0 -> WaitReason.RETRY
    else -> WaitReason.SOON
}
