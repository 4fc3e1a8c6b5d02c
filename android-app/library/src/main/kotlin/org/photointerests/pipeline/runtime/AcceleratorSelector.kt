package org.photointerests.pipeline.runtime

import android.util.Log
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext
import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import org.photointerests.core.Bundle
import org.photointerests.core.Choices
import org.photointerests.core.Settings
import org.photointerests.pipeline.analysis.features.FeatureExtractor

private const val TAG = "AcceleratorGuard"

/**
 * Opens the extractor on what the user chose, or else on the fastest accelerator, where that gives
 * the right features; on the processor otherwise.
 *
 * The accelerators are measured at first use and after each update of Android or of the app, both
 * of which the log of [trials] names.
 */
class AcceleratorSelector(
    private val check: AcceleratorCheck,
    private val trials: TrialLog,
    private val bundle: Bundle,
    private val settings: Settings
) {
    private val oneAtATime = Mutex()

    /** The measurement that counts; null before the first, and after an update. */
    val report: Flow<AcceleratorReport?> = settings.acceleratorReport.map { text ->
        text?.let(::parsed)?.takeIf { it.system == trials.system }
    }

    /** Measures all accelerators again, those that crashed too. */
    suspend fun checkAgain(threads: Int): AcceleratorReport = oneAtATime.withLock {
        trials.clear()
        settings.setAcceleratorReport(null)
        measured(threads)
    }

    suspend fun open(choices: Choices): FeatureExtractor {
        val report = oneAtATime.withLock { report.first() ?: measured(choices.threads) }
        val wanted = choices.accelerator ?: report.fastest
        val accelerator = wanted?.takeIf { report.verdict(it) == Verdict.PASSED } ?: Accelerator.CPU
        return opened(accelerator, choices.threads)
            ?: FeatureExtractor(bundle, Accelerator.CPU, choices.threads)
    }

    private suspend fun noteCrash(accelerator: Accelerator) {
        val report = report.first() ?: return
        val trials = report.trials.map {
            if (it.accelerator == accelerator) it.copy(verdict = Verdict.CRASHED) else it
        }
        settings.setAcceleratorReport(Json.encodeToString(report.copy(trials = trials)))
    }

    private suspend fun measured(threads: Int) = withContext(Dispatchers.Default) {
        check.run(threads).also { settings.setAcceleratorReport(Json.encodeToString(it)) }
    }

    /** Null where it does not open, or did not survive it the last time. */
    private suspend fun opened(accelerator: Accelerator, threads: Int): FeatureExtractor? {
        if (accelerator == Accelerator.CPU) return null
        val crashed = suspend {
            noteCrash(accelerator)
            null
        }
        return trials.run(accelerator, crashed) {
            try {
                FeatureExtractor(bundle, accelerator, threads)
            } catch (error: RuntimeException) {
                Log.i(TAG, "$accelerator does not open", error)
                null
            }
        }
    }

    /** Null for what an older app wrote. */
    private fun parsed(text: String): AcceleratorReport? = try {
        Json.decodeFromString<AcceleratorReport>(text)
    } catch (error: SerializationException) {
        Log.i(TAG, "the last measurement cannot be read", error)
        null
    }
}
