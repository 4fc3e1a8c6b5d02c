package org.photointerests.core

import androidx.test.core.app.ApplicationProvider
import java.nio.ByteBuffer
import java.nio.MappedByteBuffer
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.support.AppTestRunner
import org.photointerests.support.TestBundle

private const val MAPPINGS = 400
private const val GARBAGE_COLLECTIONS = 3

@RunWith(AppTestRunner::class)
class AssetBundleFilesTest {
    private val assets =
        ApplicationProvider.getApplicationContext<android.app.Application>().assets
    private val files = AssetBundleFiles(assets)
    private val card = TestBundle.bundle.card

    @Test
    fun map_models_areMappedAndNotCopied() {
        val before = used()
        val models = List(MAPPINGS) { files.map(card.extractor.file) }
        val grown = used() - before
        assertTrue(models.all { it is MappedByteBuffer })
        assertEquals(ByteBuffer.wrap(TestBundle.bytes(card.extractor.file)), models.first())
        val bytes = models.sumOf { it.remaining().toLong() }
        // Copies would be all of it; other tests of this process may leave some behind.
        assertTrue("$grown of $bytes bytes", grown < bytes / 4)
    }

    @Test
    fun bundle_ofTheAssets_isWhole() {
        val bundle = Bundle(files)
        assertEquals(card, bundle.card)
        assertTrue(bundle.extractor().isDirect)
    }

    private fun used(): Long = (1..GARBAGE_COLLECTIONS).minOf {
        System.gc()
        Runtime.getRuntime().run { totalMemory() - freeMemory() }
    }
}
