package org.photointerests.measure

import java.io.File
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.pipeline.analysis.features.FeatureExtractor
import org.photointerests.pipeline.decode.ImagePreprocessor
import org.photointerests.pipeline.decode.PhotoException
import org.photointerests.pipeline.runtime.cosineDistance
import org.photointerests.support.AppTestRunner
import org.photointerests.support.TestBundle

/**
 * Compares any photos with what Python made of them; the task `measure` runs it.
 *
 * The folder holds photos, each beside its features in a file of the same name and `.features`.
 */
@RunWith(AppTestRunner::class)
class ParityMeasurement {
    private val bundle = TestBundle.bundle

    @Test
    fun features_everyPhoto_areWithinTolerance() = FeatureExtractor(bundle).use { extractor ->
        val packer = ImagePreprocessor(bundle.card.input)
        val photos = File(checkNotNull(System.getProperty("parity"))).listFiles().orEmpty()
            .filter { it.extension != "features" }
            .sorted()
        val distances = mutableMapOf<String, Double>()
        for (photo in photos) {
            try {
                val features = extractor.extract(packer.preprocess(photo::inputStream))
                val expected = File("${photo.path}.features").readBytes()
                distances[photo.name] = cosineDistance(expected, features)
                println("measured: ${photo.name}: %.7f".format(distances[photo.name]))
            } catch (error: PhotoException) {
                println("not read: ${photo.name}: ${error.problem}")
            }
        }
        assertTrue("no photos to compare", distances.isNotEmpty())
        // Not a number is not within it either.
        val tolerance = bundle.card.tolerances.featuresCosineDistance
        assertTrue("$distances", distances.values.all { it <= tolerance })
    }
}
