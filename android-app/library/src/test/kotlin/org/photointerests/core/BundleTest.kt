package org.photointerests.core

import java.nio.ByteBuffer
import org.junit.Assert.assertEquals
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Test
import org.photointerests.insights.interests.InterestModel
import org.photointerests.pipeline.analysis.features.FeatureExtractor
import org.photointerests.support.FolderBundleFiles
import org.photointerests.support.TestBundle

class BundleTest {
    private val name = TestBundle.bundle.card.aggregator.runFile

    @Test
    fun model_oneBitOff_isRefusedBeforeUse() {
        val damaged = TestBundle.bytes(name).also {
            it[it.size / 2] = (it[it.size / 2] + 1).toByte()
        }
        assertRefused(damaged, "sha256")
    }

    @Test
    fun model_cutOff_isRefusedBeforeUse() {
        assertRefused(TestBundle.bytes(name).copyOf(1000), "1000")
    }

    @Test
    fun extractor_pixelsOfOtherSize_areRefused() = FeatureExtractor(TestBundle.bundle).use {
        val error = assertThrows(IllegalArgumentException::class.java) {
            it.extract(ByteBuffer.allocateDirect(3))
        }
        assertTrue(error.message, "received 3" in error.message.orEmpty())
    }

    @Test
    fun interestModel_noPhotos_isRefused() = InterestModel(TestBundle.bundle).use {
        val error = assertThrows(IllegalArgumentException::class.java) { it.predict(emptyArray()) }
        assertEquals("no photos: expected at least one, received 0", error.message)
    }

    @Test
    fun interestModel_anyNumberOfPhotos_sharesSumToOne() = InterestModel(TestBundle.bundle).use {
        val photos = TestBundle.goldenFeatures()
        for (count in listOf(1, 40, 3)) {
            val answer = it.predict(Array(count) { row -> photos[row % photos.size] })
            val sums = answer.contributions.first().indices.map { interest ->
                answer.contributions.sumOf { shares -> shares[interest].toDouble() }
            }
            // What a bundle never shows may have no evidence, and no shares.
            sums.forEach { sum -> assertEquals(if (sum == 0.0) 0.0 else 1.0, sum, 1e-4) }
            assertTrue("$sums", sums.count { it > 0 } > sums.size / 2)
        }
    }

    private fun assertRefused(content: ByteArray, named: String) {
        val bundle = Bundle(FolderBundleFiles(TestBundle.folder, mapOf(name to content)))
        val error = assertThrows(CardException::class.java) { bundle.aggregator() }
        assertTrue(error.message, error.message.orEmpty().let { name in it && named in it })
    }
}
