package org.photointerests

import android.content.res.AssetManager
import androidx.test.ext.junit.runners.AndroidJUnit4
import androidx.test.platform.app.InstrumentationRegistry
import java.nio.ByteBuffer
import java.nio.ByteOrder
import org.junit.Assert.assertTrue
import org.junit.Assume.assumeTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.core.AssetBundleFiles
import org.photointerests.core.Bundle
import org.photointerests.insights.interests.InterestModel
import org.photointerests.pipeline.analysis.features.FeatureExtractor
import org.photointerests.pipeline.decode.ImagePreprocessor
import org.photointerests.pipeline.runtime.Accelerator
import org.photointerests.pipeline.runtime.cosineDistance

/** The golden files through the phone's own decoders and accelerators. */
@RunWith(AndroidJUnit4::class)
class GoldenFilesDeviceTest {
    private val instrumentation = InstrumentationRegistry.getInstrumentation()
    private val golden: AssetManager = instrumentation.context.assets
    private val bundle = Bundle(AssetBundleFiles(instrumentation.targetContext.assets))
    private val card = bundle.card

    @Test
    fun wholeWay_processor_isWithinTolerance() = assertParity(Accelerator.CPU)

    @Test
    fun wholeWay_neuralNetworksApi_isWithinTolerance() {
        assumeTrue("this Android has no NNAPI to test", Accelerator.NNAPI.isAvailable())
        assertParity(Accelerator.NNAPI)
    }

    @Test
    fun interestModel_goldenSet_givesGoldenProbabilities() = InterestModel(bundle).use { model ->
        val rows = read(card.golden.set.features).toList().chunked(card.features.dimension)
        val features = rows.map { it.toByteArray() }.toTypedArray()
        val weights = card.golden.set.weights?.let(::floats) ?: FloatArray(rows.size) { 1f }
        val expected = floats(card.golden.set.probabilities)
        model.predict(features, weights).readout.probabilities.forEachIndexed { index, one ->
            assertTrue(Math.abs(expected[index] - one) <= card.tolerances.probabilities)
        }
    }

    private fun assertParity(accelerator: Accelerator) {
        val preprocessor = ImagePreprocessor(card.input)
        FeatureExtractor(bundle, accelerator, threads = 2).use { extractor ->
            for (case in card.golden.cases) {
                val features = extractor.extract(
                    preprocessor.preprocess {
                        golden.open("bundle/${case.image}")
                    }
                )
                val distance = cosineDistance(read(case.features), features)
                assertTrue(
                    "$accelerator ${case.image}: $distance",
                    distance <= card.tolerances.featuresCosineDistance
                )
            }
        }
    }

    private fun floats(name: String): FloatArray = ByteBuffer.wrap(read(name))
        .order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer()
        .let { buffer -> FloatArray(buffer.remaining(), buffer::get) }

    private fun read(name: String) = golden.open("bundle/$name").use { it.readBytes() }
}
