package org.photointerests.pipeline.runtime

import android.util.Log
import java.io.ByteArrayInputStream
import java.nio.ByteBuffer
import org.photointerests.core.Bundle
import org.photointerests.pipeline.analysis.features.FeatureExtractor
import org.photointerests.pipeline.decode.ImagePreprocessor

private const val TAG = "AcceleratorCheck"
private const val RUNS = 5
private const val NANOSECONDS_A_MILLISECOND = 1e6f

/**
 * Sends the bundle's golden photos through every accelerator, and compares with what its card says.
 *
 * Each trial is noted in [trials] before it begins. [system] names the Android and the app that run.
 */
class AcceleratorCheck(
    private val bundle: Bundle,
    private val trials: TrialLog,
    private val system: String,
    private val nanoTime: () -> Long = System::nanoTime,
    private val open: (Accelerator, Int) -> FeatureExtractor = { accelerator, threads ->
        FeatureExtractor(bundle, accelerator, threads)
    }
) {
    /** Tries all, the processor first. */
    suspend fun run(threads: Int): AcceleratorReport {
        val photos = bundle.card.golden.cases.map { case ->
            val image = bundle.golden(case.image).bytes()
            val pixels = ImagePreprocessor(bundle.card.input).preprocess {
                ByteArrayInputStream(image)
            }
            GoldenPhoto(pixels, bundle.golden(case.features).bytes())
        }
        return AcceleratorReport(system, Accelerator.entries.map { check(it, threads, photos) })
    }

    private suspend fun check(
        accelerator: Accelerator,
        threads: Int,
        photos: List<GoldenPhoto>
    ): AcceleratorTrial {
        if (!accelerator.isAvailable()) return AcceleratorTrial(accelerator, Verdict.UNAVAILABLE)
        // Nothing can be done without the processor, so it is not suspected of a crash.
        if (accelerator == Accelerator.CPU) return measured(accelerator, threads, photos)
        val crashed = suspend { AcceleratorTrial(accelerator, Verdict.CRASHED) }
        return trials.run(accelerator, crashed) { measured(accelerator, threads, photos) }
    }

    private fun measured(accelerator: Accelerator, threads: Int, photos: List<GoldenPhoto>) = try {
        open(accelerator, threads).use { extractor ->
            val distance = photos.maxOf { extractor.distanceTo(it) }
            val right = distance <= bundle.card.tolerances.featuresCosineDistance
            val verdict = if (right) Verdict.PASSED else Verdict.FAILED
            AcceleratorTrial(accelerator, verdict, extractor.milliseconds(photos), distance)
        }
    } catch (error: RuntimeException) {
        absent(accelerator, error)
    } catch (error: LinkageError) {
        absent(accelerator, error)
    }

    private fun absent(accelerator: Accelerator, error: Throwable): AcceleratorTrial {
        Log.i(TAG, "$accelerator does not open", error)
        return AcceleratorTrial(accelerator, Verdict.UNAVAILABLE)
    }

    private fun FeatureExtractor.distanceTo(photo: GoldenPhoto): Double =
        cosineDistance(photo.features, extract(photo.pixels))

    private fun FeatureExtractor.milliseconds(photos: List<GoldenPhoto>): Float {
        val times = (1..RUNS).flatMap { photos.map { photo -> timed { extract(photo.pixels) } } }
        return times.sorted()[times.size / 2] / NANOSECONDS_A_MILLISECOND
    }

    private inline fun timed(action: () -> Unit): Long {
        val started = nanoTime()
        action()
        return nanoTime() - started
    }
}

private class GoldenPhoto(val pixels: ByteBuffer, val features: ByteArray)

private fun ByteBuffer.bytes() = ByteArray(remaining()).also { get(it) }
