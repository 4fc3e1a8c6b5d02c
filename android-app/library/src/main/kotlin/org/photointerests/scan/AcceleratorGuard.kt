package org.photointerests.scan

import android.util.Log
import java.nio.ByteBuffer
import java.nio.ByteOrder
import kotlin.random.Random
import org.photointerests.model.Accelerator
import org.photointerests.model.Bundle
import org.photointerests.model.FeatureExtractor
import org.photointerests.model.cosineDistance
import org.photointerests.store.Choices
import org.photointerests.store.Settings

private const val TAG = "AcceleratorGuard"
private const val RUNS = 5

/**
 * Opens the extractor on what the user chose, where that gives the right features and is faster
 * than the processor.
 *
 * [system] names the Android and the app that run: what crashed one of them is left alone until
 * either is updated.
 */
class AcceleratorGuard(
    private val bundle: Bundle,
    private val settings: Settings,
    private val system: String,
    private val nanoTime: () -> Long = System::nanoTime
) {
    suspend fun open(choices: Choices): FeatureExtractor {
        val processor = FeatureExtractor(bundle, Accelerator.CPU, choices.threads)
        val chosen = choices.accelerator
        if (chosen == Accelerator.CPU || !settings.beginTrial(chosen, system)) return processor
        val candidate = tryToOpen(chosen, choices.threads)
        val better = candidate != null && isBetter(candidate, processor)
        settings.endTrial()
        (if (better) processor else candidate)?.close()
        return if (better) checkNotNull(candidate) else processor
    }

    private fun tryToOpen(accelerator: Accelerator, threads: Int): FeatureExtractor? = try {
        FeatureExtractor(bundle, accelerator, threads)
    } catch (error: RuntimeException) {
        Log.i(TAG, "$accelerator does not open", error)
        null
    } catch (error: LinkageError) {
        Log.i(TAG, "$accelerator does not open", error)
        null
    }

    private fun isBetter(candidate: FeatureExtractor, processor: FeatureExtractor): Boolean {
        val pixels = noise()
        val distance = cosineDistance(processor.extract(pixels), candidate.extract(pixels))
        val right = distance <= bundle.card.tolerances.featuresCosineDistance
        return right && fastest(candidate, pixels) < fastest(processor, pixels)
    }

    private fun fastest(extractor: FeatureExtractor, pixels: ByteBuffer): Long = (1..RUNS).minOf {
        val started = nanoTime()
        extractor.extract(pixels)
        nanoTime() - started
    }

    /** Pixels that reach all of the network: the same each time. */
    private fun noise(): ByteBuffer {
        val bytes = Random(1).nextBytes(bundle.card.input.bytes)
        return ByteBuffer.allocateDirect(bytes.size).order(ByteOrder.nativeOrder()).apply {
            put(bytes)
            (this as java.nio.Buffer).flip()
        }
    }
}
