package org.photointerests.core

import androidx.test.core.app.ApplicationProvider
import java.io.FileNotFoundException
import java.nio.ByteBuffer
import org.junit.Assert.assertEquals
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.support.AppTestRunner
import org.photointerests.support.TestBundle

@RunWith(AppTestRunner::class)
class AssetBundleFilesTest {
    private val assets =
        ApplicationProvider.getApplicationContext<android.app.Application>().assets
    private val files = AssetBundleFiles(assets)
    private val card = TestBundle.bundle.card

    @Test
    fun models_areReadWhole() {
        for (name in listOf(card.extractor.file, card.aggregator.runFile)) {
            assertEquals(name, ByteBuffer.wrap(TestBundle.bytes(name)), files.map(name))
        }
        assertThrows(FileNotFoundException::class.java) { files.map("none.tflite") }
    }

    @Test
    fun bundle_ofTheAssets_isWhole() {
        val bundle = Bundle(files)
        assertEquals(card, bundle.card)
        assertTrue(bundle.extractor().isDirect)
    }
}
