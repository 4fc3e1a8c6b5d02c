package org.photointerests.pipeline.runtime

import kotlinx.serialization.Serializable

/** What became of an accelerator's trial. */
enum class Verdict {
    /** Its features are within the card's tolerance. */
    PASSED,

    /** They are not: it is not used. */
    FAILED,

    /** It took the app down with it, and is not tried again before an update. */
    CRASHED,

    /** This phone or this build does not have it. */
    UNAVAILABLE
}

/**
 * A trial of an accelerator over the golden photos: [milliseconds] a photo in the median, and the
 * largest [cosineDistance] to the features of the card; both null where there are none.
 */
@Serializable
data class AcceleratorTrial(
    val accelerator: Accelerator,
    val verdict: Verdict,
    val milliseconds: Float? = null,
    val cosineDistance: Double? = null
)

/** The trials of all accelerators; [system] names the Android and the app in which they ran. */
@Serializable
data class AcceleratorReport(val system: String, val trials: List<AcceleratorTrial>) {
    /** The fastest one that is right; null for none. */
    val fastest: Accelerator?
        get() = trials.filter { it.verdict == Verdict.PASSED }
            .minByOrNull { it.milliseconds ?: Float.MAX_VALUE }?.accelerator

    fun verdict(accelerator: Accelerator): Verdict =
        trials.find { it.accelerator == accelerator }?.verdict ?: Verdict.UNAVAILABLE
}
