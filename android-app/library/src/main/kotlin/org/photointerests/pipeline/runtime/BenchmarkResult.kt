package org.photointerests.pipeline.runtime

/** Median time of the extractor for one photo. */
data class InferenceTime(val accelerator: Accelerator, val threads: Int, val milliseconds: Float)

/**
 * Median times of each step of reading a photo, in milliseconds: over [photos] photos, the user's
 * newest or, where [ofGallery] is false, the golden ones, which are small.
 */
data class BenchmarkResult(
    val photos: Int,
    val ofGallery: Boolean,
    val decodeMs: Float,
    val resizeMs: Float,
    val storeMs: Float,
    val inference: List<InferenceTime>
)
