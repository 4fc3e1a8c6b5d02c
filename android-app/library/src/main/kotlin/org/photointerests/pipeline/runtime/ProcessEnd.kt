package org.photointerests.pipeline.runtime

import android.app.ActivityManager
import android.app.ApplicationExitInfo
import android.content.Context
import android.os.Build
import androidx.annotation.RequiresApi

/** How a process of this app ended. */
enum class ProcessEnd {
    /** By what it was doing: a crash of its own or of a native library, or too much memory. */
    CRASHED,

    /** By the user or the system, whatever it was doing; or it has not ended. */
    INTERRUPTED,

    /** Unknown: Android does not report it before 11. */
    UNKNOWN
}

private val CRASHES = setOf(
    ApplicationExitInfo.REASON_CRASH,
    ApplicationExitInfo.REASON_CRASH_NATIVE,
    ApplicationExitInfo.REASON_LOW_MEMORY,
    ApplicationExitInfo.REASON_SIGNALED
)

/** How the process with this id ended, null for none. */
fun Context.endOfProcess(pid: Int?): ProcessEnd = when {
    pid == null || pid == android.os.Process.myPid() -> ProcessEnd.INTERRUPTED
    Build.VERSION.SDK_INT < Build.VERSION_CODES.R -> ProcessEnd.UNKNOWN
    else -> recordedEnd(pid)
}

@RequiresApi(Build.VERSION_CODES.R)
private fun Context.recordedEnd(pid: Int): ProcessEnd {
    val manager = checkNotNull(getSystemService(ActivityManager::class.java))
    val reason = manager.getHistoricalProcessExitReasons(packageName, pid, 1).firstOrNull()?.reason
    return if (reason in CRASHES) ProcessEnd.CRASHED else ProcessEnd.INTERRUPTED
}
