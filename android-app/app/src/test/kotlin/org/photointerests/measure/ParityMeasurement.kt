package org.photointerests.measure

import java.io.File
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.model.FeatureExtractor
import org.photointerests.model.ImagePacker
import org.photointerests.model.PhotoException
import org.photointerests.model.cosineDistance
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
        val packer = ImagePacker(bundle.card.input)
        val photos = File(checkNotNull(System.getProperty("parity"))).listFiles().orEmpty()
            .filter { it.extension != "features" }
            .sorted()
        assertTrue("no photos to compare", photos.isNotEmpty())
        val tooFar = photos.filter { photo ->
            val expected = File("${photo.path}.features").readBytes()
            val distance = try {
                cosineDistance(expected, extractor.extract(packer.pack(photo::inputStream)))
            } catch (error: PhotoException) {
                println("measured: parity ${photo.name}: not read here: ${error.message}")
                return@filter false
            }
            println("measured: parity ${photo.name}: %.6f".format(distance))
            distance > bundle.card.tolerances.featuresCosineDistance
        }
        assertTrue("$tooFar", tooFar.isEmpty())
    }
}
