package org.photointerests.pipeline.decode

import java.io.ByteArrayOutputStream
import java.io.FileNotFoundException
import java.io.FilterInputStream
import java.io.IOException
import java.nio.ByteBuffer
import java.nio.ByteOrder
import java.util.zip.CRC32
import java.util.zip.DeflaterOutputStream
import org.junit.Assert.assertEquals
import org.junit.Assert.assertSame
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.support.AppTestRunner
import org.photointerests.support.TestBundle
import org.photointerests.support.drawnJpeg

private const val ROW = 224 * RGB

/** What golden files do not tell: photos that cannot be read, and the one buffer. */
@RunWith(AppTestRunner::class)
class ImagePreprocessorTest {
    private val preprocessor = ImagePreprocessor(TestBundle.bundle.card.input)

    @Test
    fun preprocess_nextPhoto_overwritesTheSameBuffer() {
        val jpeg = drawnJpeg(seed = 1)
        val first = preprocessor.preprocess(jpeg::inputStream)
        val content = ByteArray(first.remaining()).also { first.get(it) }
        preprocessor.preprocess(drawnJpeg(seed = 11)::inputStream)
        val again = preprocessor.preprocess(jpeg::inputStream)
        assertSame(first, again)
        assertEquals(content.toList(), ByteArray(again.remaining()).also { again.get(it) }.toList())
    }

    @Test
    fun preprocess_unreadablePhotos_sayWhy() {
        assertProblem(PhotoProblem.NOT_A_PHOTO) { ByteArray(0).inputStream() }
        assertProblem(PhotoProblem.NOT_A_PHOTO) { "text".byteInputStream() }
        assertProblem(PhotoProblem.GONE) { throw FileNotFoundException("gone") }
        assertProblem(PhotoProblem.NO_ACCESS) { throw SecurityException("revoked") }
        assertProblem(PhotoProblem.UNREADABLE) { error("the provider fails") }
        assertProblem(PhotoProblem.UNREADABLE) { throw IOException("the card is busy") }
        assertProblem(PhotoProblem.TOO_LARGE) { pngHeader(20_000, 20_000).inputStream() }
    }

    /** Android's decoder takes a read that fails for the end of the file. */
    @Test
    fun preprocess_readFailsInTheMiddle_isNoBrokenPhoto() {
        val jpeg = drawnJpeg(seed = 1)
        for (after in listOf(0, 10, 500, jpeg.size - 2)) {
            assertProblem(PhotoProblem.UNREADABLE) { FailingStream(jpeg, after) }
        }
    }

    @Test
    fun preprocess_exifTagThatClaimsTheWholeMemory_isIgnored() {
        val jpeg = drawnJpeg(seed = 1)
        val expected = bytes(preprocessor.preprocess(jpeg::inputStream))
        for (count in listOf(600_000_000, 1_073_741_823, Int.MAX_VALUE)) {
            val received = bytes(preprocessor.preprocess(withExif(jpeg, count)::inputStream))
            assertTrue("$count", expected.contentEquals(received))
        }
    }

    /** Decoded at half the size, where it would take more memory than the largest photo may. */
    @Test
    fun preprocess_pngBeyondTheMemory_isReduced() {
        val pixels = bytes(preprocessor.preprocess(greyPng(9_000, 8_000, 77, 99)::inputStream))
        val row = pixels.take(ROW)
        assertEquals(setOf<Byte>(77), row.take(ROW / 2 - RGB).toSet())
        assertEquals(setOf<Byte>(99), row.takeLast(ROW / 2 - RGB).toSet())
        assertEquals(row, pixels.takeLast(ROW))
    }

    private fun bytes(pixels: ByteBuffer) = ByteArray(pixels.remaining()).also { pixels.get(it) }

    private class FailingStream(content: ByteArray, private val after: Int) :
        FilterInputStream(content.inputStream()) {
        private var read = 0

        override fun read(): Int {
            if (read >= after) throw IOException("the card was taken out")
            return super.read().also { read++ }
        }

        override fun read(bytes: ByteArray, offset: Int, length: Int): Int {
            if (read >= after) throw IOException("the card was taken out")
            return super.read(bytes, offset, minOf(length, after - read))
                .also { if (it > 0) read += it }
        }

        override fun markSupported() = false
    }

    /** Puts an EXIF block before a JPEG whose one tag, a maker's note, claims [count] bytes. */
    private fun withExif(jpeg: ByteArray, count: Int): ByteArray {
        val exif = ByteBuffer.allocate(6 + 8 + 2 + 12 + 4).order(ByteOrder.LITTLE_ENDIAN)
        exif.put("Exif".toByteArray()).putShort(0)
        exif.put("II".toByteArray()).putShort(42).putInt(8)
        exif.putShort(1).putShort(0x010E).putShort(7).putInt(count).putInt(26).putInt(0)
        val segment = ByteBuffer.allocate(4).putShort(0xFFE1.toShort())
            .putShort((exif.capacity() + 2).toShort())
        return jpeg.copyOf(2) + segment.array() + exif.array() + jpeg.drop(2)
    }

    /** Two greys side by side. */
    private fun greyPng(width: Int, height: Int, left: Int, right: Int): ByteArray {
        val file = ByteArrayOutputStream()
        file.write(byteArrayOf(-119, 80, 78, 71, 13, 10, 26, 10))
        val header = ByteBuffer.allocate(13).putInt(width).putInt(height)
            .put(byteArrayOf(8, 0, 0, 0, 0))
        file.chunk("IHDR", header.array())
        val row = ByteArray(width + 1) { (if (it <= width / 2) left else right).toByte() }
        row[0] = 0
        val rows = ByteArrayOutputStream()
        DeflaterOutputStream(rows).use { deflated -> repeat(height) { deflated.write(row) } }
        file.chunk("IDAT", rows.toByteArray())
        file.chunk("IEND", ByteArray(0))
        return file.toByteArray()
    }

    private fun ByteArrayOutputStream.chunk(name: String, content: ByteArray) {
        val named = name.toByteArray() + content
        val checksum = CRC32().apply { update(named) }.value.toInt()
        write(ByteBuffer.allocate(4).putInt(content.size).array())
        write(named)
        write(ByteBuffer.allocate(4).putInt(checksum).array())
    }

    private fun assertProblem(expected: PhotoProblem, file: PhotoFile) {
        val error = assertThrows(PhotoException::class.java) { preprocessor.preprocess(file) }
        assertEquals(expected, error.problem)
    }

    /** The beginning of a PNG that claims to be of a size. */
    private fun pngHeader(width: Int, height: Int): ByteArray {
        val file = ByteArrayOutputStream()
        file.write(byteArrayOf(-119, 80, 78, 71, 13, 10, 26, 10))
        val header = ByteBuffer.allocate(13).putInt(width).putInt(height)
            .put(byteArrayOf(8, 2, 0, 0, 0))
        file.chunk("IHDR", header.array())
        file.chunk("IDAT", ByteArray(40))
        return file.toByteArray()
    }
}
