package org.photointerests.pipeline.analysis.features

import java.io.ByteArrayInputStream
import kotlin.math.abs
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.photointerests.core.Bundle
import org.photointerests.core.GoldenCase
import org.photointerests.insights.interests.InterestModel
import org.photointerests.pipeline.decode.ImagePreprocessor
import org.photointerests.pipeline.decode.PhotoFile
import org.photointerests.pipeline.runtime.cosineDistance
import org.photointerests.support.BundleFolder

/** A bundle against what Python got, whose golden files lie in a folder. */
abstract class GoldenBundleTest(private val bundle: Bundle, private val golden: BundleFolder) {
    private val card = bundle.card

    @Test
    fun packer_everyGoldenImage_isWithinTolerance() {
        val packer = ImagePreprocessor(card.input)
        for (case in card.golden.cases) {
            val packed = packer.preprocess(goldenFile(case))
            val expected = golden.bytes(case.pixels)
            assertEquals(expected.size, packed.remaining())
            val difference = expected.indices.sumOf {
                abs(
                    expected.at(it) - (packed[it].toInt() and 255)
                )
            }
            val mean = difference.toDouble() / expected.size
            println("golden ${case.image}: pixels differ by $mean on average")
            assertTrue("${case.image}: $mean", mean <= card.tolerances.pixelsMeanAbsolute)
        }
    }

    @Test
    fun extractor_goldenPixels_givesGoldenFeatures() = FeatureExtractor(bundle).use { extractor ->
        for (case in card.golden.cases) {
            val pixels = java.nio.ByteBuffer.allocateDirect(card.input.bytes)
            pixels.put(golden.bytes(case.pixels)).flip()
            val distance = cosineDistance(golden.bytes(case.features), extractor.extract(pixels))
            assertTrue(
                "${case.image}: $distance",
                distance <= card.tolerances.featuresCosineDistance
            )
        }
    }

    @Test
    fun wholeWay_everyGoldenImage_isWithinTolerance() = FeatureExtractor(bundle).use { extractor ->
        val packer = ImagePreprocessor(card.input)
        for (case in card.golden.cases) {
            val features = extractor.extract(packer.preprocess(goldenFile(case)))
            val distance = cosineDistance(golden.bytes(case.features), features)
            println("golden ${case.image}: features' cosine distance $distance")
            assertTrue(
                "${case.image}: $distance",
                distance <= card.tolerances.featuresCosineDistance
            )
        }
    }

    @Test
    fun interestModel_goldenSet_givesGoldenAnswer() = InterestModel(bundle).use { model ->
        val features = golden.goldenFeatures().toTypedArray()
        val answer = model.predict(features, golden.goldenWeights())
        val set = card.golden.set
        assertClose(set.probabilities, answer.readout.probabilities)
        answer.readout.events?.let { assertClose(checkNotNull(set.events), it) }
        assertClose(set.contributions, answer.contributions.flatten())
        assertClose(set.photoProbabilities, answer.photoProbabilities.flatten())
    }

    @Test
    fun interestModel_setInMonths_givesGoldenProbabilities() = InterestModel(bundle).use { model ->
        val photos = golden.goldenFeatures().zip(golden.goldenWeights().asList())
        val state = photos.chunked(5).fold(model.initialState()) { state, month ->
            val features = Array(month.size) { month[it].first }
            model.accumulate(features, state, FloatArray(month.size) { month[it].second })
        }
        assertClose(card.golden.set.probabilities, model.readout(state).probabilities)
    }

    /** One classification gives both, to the bit what two give. */
    @Test
    fun interestModel_addedPhotos_areWhatUpdateAndPredictGive() =
        InterestModel(bundle).use { model ->
            val features = golden.goldenFeatures().toTypedArray()
            val weights = golden.goldenWeights()
            val before = model.accumulate(features.copyOfRange(0, 3), model.initialState())
            val added = model.add(features, before, weights)
            assertArrayEquals(model.accumulate(features, before, weights), added.state, 0f)
            val expected = model.predict(features, weights).photoProbabilities.flatten()
            assertArrayEquals(expected, added.photoProbabilities.flatten(), 0f)
        }

    private fun goldenFile(case: GoldenCase) =
        PhotoFile { ByteArrayInputStream(golden.bytes(case.image)) }

    private fun assertClose(name: String, received: FloatArray) {
        val expected = golden.floats(name)
        assertEquals(expected.size, received.size)
        val worst = expected.indices.maxOf { abs(expected[it] - received[it]) }
        println("golden $name: differs by $worst at most")
        assertTrue("$name: $worst", worst <= card.tolerances.probabilities)
    }
}

private fun ByteArray.at(index: Int) = this[index].toInt() and 255

private fun Array<FloatArray>.flatten() = flatMap { it.asList() }.toFloatArray()
