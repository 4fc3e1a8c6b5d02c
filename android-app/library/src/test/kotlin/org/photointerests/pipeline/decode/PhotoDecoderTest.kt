package org.photointerests.pipeline.decode

import android.graphics.Bitmap
import android.graphics.Bitmap.CompressFormat
import android.graphics.Color
import java.io.ByteArrayOutputStream
import java.io.File
import org.junit.Assert.assertEquals
import org.junit.Assert.assertSame
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.support.AppTestRunner
import org.photointerests.support.TestBundle
import org.photointerests.support.drawnPhoto

private const val FEW_PIXELS = 100_000L

/** How large photos are decoded, and which part of an AVIF; only phones decode HEIC and AVIF. */
@RunWith(AppTestRunner::class)
class PhotoDecoderTest {
    private val rule = TestBundle.bundle.card.input.reducedDecode

    @Test
    @Suppress("DEPRECATION") // its successors came with Android 11
    fun decode_webpAndPngAboveTheLimit_areReducedToIt() {
        for (format in listOf(CompressFormat.WEBP, CompressFormat.PNG, CompressFormat.JPEG)) {
            val content = encoded(format)
            val whole = PhotoDecoder(rule).decode(content::inputStream).bitmap
            assertEquals("$format", 640 to 480, whole.width to whole.height)
            val small = PhotoDecoder(rule, FEW_PIXELS).decode(content::inputStream).bitmap
            assertEquals("$format", 320 to 240, small.width to small.height)
        }
    }

    @Test
    fun decode_pngAndWebpWithinTheLimit_areDecodedWhole() {
        val content = encoded(CompressFormat.PNG)
        val bitmap = PhotoDecoder(rule, 640L * 480).decode(content::inputStream).bitmap
        assertEquals(640 to 480, bitmap.width to bitmap.height)
    }

    @Test
    fun cleanAperture_isCutOutOfAPictureThatItsDecoderShowsWhole() {
        val bitmap = Bitmap.createBitmap(320, 280, Bitmap.Config.ARGB_8888)
        bitmap.setPixel(40, 80, Color.RED)
        bitmap.setPixel(219, 179, Color.BLUE)
        val part = aperture().cut(bitmap, factor = 1)
        assertEquals(180 to 100, part.width to part.height)
        assertEquals(Color.RED to Color.BLUE, part.getPixel(0, 0) to part.getPixel(179, 99))
    }

    @Test
    fun cleanAperture_ofAReducedPicture_isReducedToo() {
        val bitmap = Bitmap.createBitmap(160, 140, Bitmap.Config.ARGB_8888)
        bitmap.setPixel(20, 40, Color.RED)
        val part = aperture().cut(bitmap, factor = 2)
        assertEquals(90 to 50, part.width to part.height)
        assertEquals(Color.RED, part.getPixel(0, 0))
    }

    @Test
    fun cleanAperture_thatTheDecoderHasCutAlready_changesNothing() {
        val bitmap = Bitmap.createBitmap(180, 100, Bitmap.Config.ARGB_8888)
        assertSame(bitmap, aperture().cut(bitmap, factor = 1))
    }

    @Test
    fun cleanAperture_ofAPictureOfAnotherSize_isRefused() {
        val turned = Bitmap.createBitmap(280, 320, Bitmap.Config.ARGB_8888)
        val error = assertThrows(PhotoException::class.java) { aperture().cut(turned, 1) }
        assertEquals(PhotoProblem.UNSUPPORTED, error.problem)
    }

    @Test
    fun coefficients_ofAProgressiveJpeg_areCountedAsInPython() {
        val huge = File(damaged, "jpeg_progressive_of_208_megapixels.jpg").inputStream()
        assertEquals(2L * 16_000 * 13_000 * 3, huge.use(JpegHeader::read).coefficientBytes)
        val plain = File(damaged, "jpeg_xmp_6.jpg").inputStream().use(JpegHeader::read)
        assertEquals(0L to 3, plain.coefficientBytes to plain.components)
        assertTrue(plain.exif == null)
    }

    private val damaged
        get() = File(checkNotNull(System.getProperty("contract")), "damaged_photos")

    private fun aperture(): CleanAperture {
        val content = File(damaged, "avif_clean_aperture.avif").readBytes()
        return checkNotNull(HeifBoxes(content).cleanAperture())
    }

    private fun encoded(format: CompressFormat) =
        ByteArrayOutputStream().also { drawnPhoto(1).compress(format, 90, it) }.toByteArray()
}
