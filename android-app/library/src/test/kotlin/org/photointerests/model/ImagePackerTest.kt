package org.photointerests.model

import java.io.FileNotFoundException
import org.junit.Assert.assertEquals
import org.junit.Assert.assertSame
import org.junit.Assert.assertThrows
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.support.AppTestRunner
import org.photointerests.support.TestBundle
import org.photointerests.support.drawnJpeg

/** What golden files do not tell: photos that cannot be read, and the one buffer. */
@RunWith(AppTestRunner::class)
class ImagePackerTest {
    private val packer = ImagePacker(TestBundle.bundle.card.input)

    @Test
    fun pack_nextPhoto_fillsTheSameBufferAnew() {
        val jpeg = drawnJpeg(seed = 1)
        val first = packer.pack(jpeg::inputStream)
        val content = ByteArray(first.remaining()).also { first.get(it) }
        packer.pack(drawnJpeg(seed = 11)::inputStream)
        val again = packer.pack(jpeg::inputStream)
        assertSame(first, again)
        assertEquals(content.toList(), ByteArray(again.remaining()).also { again.get(it) }.toList())
    }

    @Test
    fun pack_unreadablePhotos_tellsWhy() {
        assertProblem(PhotoProblem.NOT_A_PHOTO) { ByteArray(0).inputStream() }
        assertProblem(PhotoProblem.NOT_A_PHOTO) { "text".byteInputStream() }
        assertProblem(PhotoProblem.GONE) { throw FileNotFoundException("gone") }
        assertProblem(PhotoProblem.NO_ACCESS) { throw SecurityException("revoked") }
        assertProblem(PhotoProblem.BROKEN) { error("the provider fails") }
        assertProblem(PhotoProblem.TOO_LARGE) { pngHeader(20_000, 20_000).inputStream() }
        assertProblem(PhotoProblem.TOO_LARGE) { pngHeader(9_000, 9_000).inputStream() }
    }

    private fun assertProblem(expected: PhotoProblem, file: PhotoFile) {
        val error = assertThrows(PhotoException::class.java) { packer.pack(file) }
        assertEquals(expected, error.problem)
    }

    /** The beginning of a PNG that claims to be of a size. */
    private fun pngHeader(width: Int, height: Int): ByteArray {
        val header = java.nio.ByteBuffer.allocate(17)
        header.put(
            "IHDR".toByteArray()
        ).putInt(width).putInt(height).put(byteArrayOf(8, 2, 0, 0, 0))
        val checksum = java.util.zip.CRC32().apply { update(header.array()) }.value.toInt()
        return java.nio.ByteBuffer.allocate(128)
            .put(byteArrayOf(-119, 80, 78, 71, 13, 10, 26, 10))
            .putInt(13).put(header.array()).putInt(checksum)
            .putInt(40).put("IDAT".toByteArray())
            .array()
    }
}
