package org.photointerests.pipeline.runtime

import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.withContext
import org.photointerests.core.Settings

/**
 * Notes when an accelerator is tried: a trial that did not end took the app down with it, unless
 * [endOf] says that its process was merely interrupted.
 *
 * [system] names the Android and the app that run.
 */
class TrialLog(
    private val settings: Settings,
    val system: String,
    private val endOf: (pid: Int) -> ProcessEnd
) {
    /** Runs a trial; returns [crashed] where the last one ended in a crash. */
    suspend fun <T> run(accelerator: Accelerator, crashed: suspend () -> T, trial: () -> T): T {
        val name = "${accelerator.name} $system"
        val last = settings.trialProcess(name)
        if (last != null && endOf(last) != ProcessEnd.INTERRUPTED) return crashed()
        settings.setTrialProcess(name, android.os.Process.myPid())
        return try {
            trial()
        } finally {
            // Whoever cancels the scan meanwhile has not crashed the app.
            withContext(NonCancellable) { settings.setTrialProcess(name, null) }
        }
    }

    /** Lets everything be tried again. */
    suspend fun clear() = settings.clearTrials()
}
