package org.photointerests.pipeline.decode

import android.graphics.Bitmap
import android.graphics.BitmapFactory
import android.graphics.ColorSpace
import org.photointerests.core.ReducedDecode

// Phones take photos of 200 megapixels. More is a mistake or an attack.
private const val MAXIMUM_PIXELS = 220_000_000L

// What is really decoded, after the photo was reduced: 4 bytes each.
private const val MAXIMUM_DECODED_PIXELS = 64_000_000L
private const val JPEG = "image/jpeg"

/** Decodes photos to sRGB, a JPEG shrunk while decoding as the card's rule says. */
internal class PhotoDecoder(private val rule: ReducedDecode) {
    /** Throws [PhotoException] where the file is missing, empty, huge, broken or no photo. */
    fun decode(file: PhotoFile): DecodedPhoto {
        val size = readSize(file)
        val options = options(size)
        val bitmap = reading(file) { decoding { BitmapFactory.decodeStream(it, null, options) } }
            ?: throw PhotoException(PhotoProblem.BROKEN)
        return DecodedPhoto(bitmap, size.outMimeType.orEmpty())
    }

    private fun readSize(file: PhotoFile): BitmapFactory.Options {
        val size = BitmapFactory.Options().apply { inJustDecodeBounds = true }
        reading(file) { decoding { BitmapFactory.decodeStream(it, null, size) } }
        if (size.outWidth <= 0 || size.outHeight <= 0) {
            throw PhotoException(PhotoProblem.NOT_A_PHOTO)
        }
        return size
    }

    private fun <T> decoding(decode: () -> T): T = try {
        decode()
    } catch (error: OutOfMemoryError) {
        throw PhotoException(PhotoProblem.TOO_LARGE, error)
    } catch (error: RuntimeException) {
        // Broken files make decoders raise nearly every kind of exception.
        throw PhotoException(PhotoProblem.BROKEN, error)
    }

    private fun options(size: BitmapFactory.Options) = BitmapFactory.Options().apply {
        val pixels = size.outWidth.toLong() * size.outHeight
        if (pixels > MAXIMUM_PIXELS) throw PhotoException(PhotoProblem.TOO_LARGE)
        inSampleSize = if (size.outMimeType == JPEG) factor(size.outWidth, size.outHeight) else 1
        // Only what would otherwise be too large: all else is decoded as Python decodes it.
        while (pixels / (inSampleSize * inSampleSize) > MAXIMUM_DECODED_PIXELS) inSampleSize *= 2
        inPreferredConfig = Bitmap.Config.ARGB_8888
        inPreferredColorSpace = ColorSpace.get(ColorSpace.Named.SRGB)
        inPremultiplied = false
        inScaled = false
    }

    private fun factor(width: Int, height: Int): Int =
        rule.factors.last { it == 1 || minOf(width, height) >= it * rule.minimumSide }
}

/** A decoded photo as it lies in its file: not yet turned upright. */
internal class DecodedPhoto(val bitmap: Bitmap, val mimeType: String)
