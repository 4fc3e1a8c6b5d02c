package org.photointerests.model

import android.graphics.Bitmap
import android.graphics.BitmapFactory
import android.graphics.ColorSpace
import java.io.IOException
import java.io.InputStream

// Phones take photos of 200 megapixels. More is a mistake or an attack.
private const val MAXIMUM_PIXELS = 220_000_000L

// What is really decoded, after a JPEG was shrunk: 4 bytes each.
private const val MAXIMUM_DECODED_PIXELS = 64_000_000L
private const val JPEG = "image/jpeg"

/** A photo's file; opened anew for each look at it. */
fun interface PhotoFile {
    fun open(): InputStream
}

/** Decodes photos to sRGB, a JPEG shrunk while decoding as the card's rule says. */
internal class PhotoDecoder(private val rule: ReducedDecode) {
    /** Throws [PhotoException] where the file is missing, empty, huge, broken or no photo. */
    fun decode(file: PhotoFile): DecodedPhoto = try {
        val size = readSize(file)
        val bitmap = file.open().use { BitmapFactory.decodeStream(it, null, options(size)) }
            ?: throw PhotoException(PhotoProblem.BROKEN)
        DecodedPhoto(bitmap, size.outMimeType.orEmpty())
    } catch (error: IOException) {
        throw PhotoException(PhotoProblem.GONE, error)
    } catch (error: SecurityException) {
        throw PhotoException(PhotoProblem.NO_ACCESS, error)
    } catch (error: OutOfMemoryError) {
        throw PhotoException(PhotoProblem.TOO_LARGE, error)
    } catch (error: RuntimeException) {
        // Broken files make decoders raise nearly every kind of exception.
        throw PhotoException(PhotoProblem.BROKEN, error)
    }

    private fun readSize(file: PhotoFile): BitmapFactory.Options {
        val size = BitmapFactory.Options().apply { inJustDecodeBounds = true }
        file.open().use { BitmapFactory.decodeStream(it, null, size) }
        if (size.outWidth <= 0 || size.outHeight <= 0) {
            throw PhotoException(PhotoProblem.NOT_A_PHOTO)
        }
        return size
    }

    private fun options(size: BitmapFactory.Options) = BitmapFactory.Options().apply {
        val pixels = size.outWidth.toLong() * size.outHeight
        inSampleSize = if (size.outMimeType == JPEG) factor(size.outWidth, size.outHeight) else 1
        val decoded = pixels / (inSampleSize * inSampleSize)
        if (pixels > MAXIMUM_PIXELS || decoded > MAXIMUM_DECODED_PIXELS) {
            throw PhotoException(PhotoProblem.TOO_LARGE)
        }
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
