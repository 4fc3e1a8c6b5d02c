package org.photointerests.pipeline.decode

import android.graphics.Bitmap
import android.graphics.BitmapFactory
import android.graphics.ColorSpace
import java.io.InputStream
import org.photointerests.core.ReducedDecode

// Phones take photos of 200 megapixels. More is a mistake or an attack.
private const val MAXIMUM_PIXELS = 220_000_000L

// What is really decoded, after the photo was reduced: 4 bytes each.
private const val MAXIMUM_DECODED_PIXELS = 64_000_000L

// A progressive JPEG is decoded from all of its coefficients, however far it is reduced.
private const val MAXIMUM_COEFFICIENT_BYTES = 640_000_000L

private const val JPEG = "image/jpeg"
private const val PNG = "image/png"
private const val WEBP = "image/webp"
private const val RAW = "image/x-adobe-dng"
private val PLAIN = setOf(WEBP, "image/gif", "image/bmp", "image/x-ms-bmp")
private val HEIF = setOf("image/heif", "image/heic", "image/avif")

/**
 * Decodes photos to sRGB, a JPEG shrunk while decoding as the card's rule says.
 *
 * What is read of damaged and odd files is written down in
 * `docs/decisions/0021-damaged-and-odd-files.md`, and the same as in Python.
 */
internal class PhotoDecoder(
    private val rule: ReducedDecode,
    private val maximumDecodedPixels: Long = MAXIMUM_DECODED_PIXELS
) {
    /** Throws [PhotoException] where the file is missing, empty, huge, broken, cut off or no photo. */
    fun decode(file: PhotoFile): DecodedPhoto {
        val size = readSize(file)
        if (size.pixels > MAXIMUM_PIXELS) throw PhotoException(PhotoProblem.TOO_LARGE)
        return when (size.outMimeType) {
            JPEG -> decodeJpeg(file, size)
            PNG -> decodePng(file, size)
            in HEIF -> decodeHeif(file, size)
            in PLAIN -> decodePlain(file, size)
            RAW -> throw PhotoException(PhotoProblem.UNSUPPORTED)
            else -> throw PhotoException(PhotoProblem.NOT_A_PHOTO)
        }
    }

    private fun readSize(file: PhotoFile): BitmapFactory.Options {
        val size = BitmapFactory.Options().apply { inJustDecodeBounds = true }
        reading(file) { decoding { BitmapFactory.decodeStream(it, null, size) } }
        if (size.outWidth <= 0 || size.outHeight <= 0) {
            throw PhotoException(PhotoProblem.NOT_A_PHOTO)
        }
        return size
    }

    private fun decodeJpeg(file: PhotoFile, size: BitmapFactory.Options): DecodedPhoto {
        val header = reading(file, JpegHeader::read)
        if (header.coefficientBytes > MAXIMUM_COEFFICIENT_BYTES) {
            throw PhotoException(PhotoProblem.TOO_LARGE)
        }
        val orientation = Orientation.ofExif(header.exif)
        val options = options(size)
        var lacksEnd = false
        val bitmap = reading(file) { stream ->
            val tail = TailStream(stream)
            decoding { BitmapFactory.decodeStream(tail, null, options) }
                .also { lacksEnd = tail.lacksEnd }
        }
        val completed = if (lacksEnd) reading(file) { completedJpeg(it.readBytes()) } else null
        if (completed == null) return DecodedPhoto(bitmap ?: broken(), orientation)
        bitmap?.recycle()
        val plain = withoutProfile(completed)
        val rows = decode(plain, options)
        checkRows(rows, header.components)
        if (plain.size == completed.size) return DecodedPhoto(rows, orientation)
        rows.recycle()
        return DecodedPhoto(decode(completed, options), orientation)
    }

    private fun decodePng(file: PhotoFile, size: BitmapFactory.Options): DecodedPhoto {
        val found = reading(file, PngFile::check)
        val options = options(size)
        val whole = if (found.isWhole) decodeStream(file, options) else null
        if (whole != null) return DecodedPhoto(whole, Orientation.ofExif(found.exif))
        val repaired = reading(file) { repairedPng(it.readBytes()) }
        return DecodedPhoto(decode(repaired, options), Orientation.ofExif(PngFile.exif(repaired)))
    }

    /** The decoders of phones turn these themselves. */
    private fun decodeHeif(file: PhotoFile, size: BitmapFactory.Options): DecodedPhoto {
        checkEnd(file, size)
        if (size.pixels > maximumDecodedPixels) {
            val thumbnail = reading(file) { HeifBoxes(it.readBytes()).thumbnailFirst() }
            val bitmap = thumbnail?.let { small ->
                decoding { BitmapFactory.decodeByteArray(small, 0, small.size, options(null)) }
            }
            if (bitmap != null) return DecodedPhoto(bitmap)
        }
        val options = options(size)
        val bitmap = decodeStream(file, options) ?: broken()
        val aperture = reading(file) { HeifBoxes(it.readAtMost(HeifBoxes.META_BYTES)) }
            .cleanAperture()
        return DecodedPhoto(aperture?.cut(bitmap, options.inSampleSize) ?: bitmap)
    }

    private fun decodePlain(file: PhotoFile, size: BitmapFactory.Options): DecodedPhoto {
        checkEnd(file, size)
        val exif = if (size.outMimeType == WEBP) reading(file, ::webpExif) else null
        return DecodedPhoto(
            decodeStream(file, options(size)) ?: broken(),
            Orientation.ofExif(exif)
        )
    }

    private fun checkEnd(file: PhotoFile, size: BitmapFactory.Options) {
        if (reading(file) { isCut(it, size.outMimeType) }) broken()
    }

    private fun decodeStream(file: PhotoFile, options: BitmapFactory.Options): Bitmap? =
        reading(file) { decoding { BitmapFactory.decodeStream(it, null, options) } }

    private fun decode(content: ByteArray, options: BitmapFactory.Options): Bitmap =
        decoding { BitmapFactory.decodeByteArray(content, 0, content.size, options) } ?: broken()

    private fun broken(): Nothing = throw PhotoException(PhotoProblem.BROKEN)

    private fun <T> decoding(decode: () -> T): T = try {
        decode()
    } catch (error: OutOfMemoryError) {
        throw PhotoException(PhotoProblem.TOO_LARGE, error)
    } catch (error: RuntimeException) {
        // Broken files make decoders raise nearly every kind of exception.
        throw PhotoException(PhotoProblem.BROKEN, error)
    }

    /** How a picture of a size is decoded; one of no size, a thumbnail, is decoded as it is. */
    private fun options(size: BitmapFactory.Options?) = BitmapFactory.Options().apply {
        inSampleSize = size?.let(::sampleSize) ?: 1
        inPreferredConfig = Bitmap.Config.ARGB_8888
        inPreferredColorSpace = ColorSpace.get(ColorSpace.Named.SRGB)
        inPremultiplied = false
        inScaled = false
    }

    private fun sampleSize(size: BitmapFactory.Options): Int {
        var factor = if (size.outMimeType == JPEG) factor(size.outWidth, size.outHeight) else 1
        // Only what would otherwise be too large: all else is decoded as Python decodes it.
        while (size.pixels / (factor * factor) > maximumDecodedPixels) factor *= 2
        return factor
    }

    private fun factor(width: Int, height: Int): Int =
        rule.factors.last { it == 1 || minOf(width, height) >= it * rule.minimumSide }
}

private val BitmapFactory.Options.pixels get() = outWidth.toLong() * outHeight

private fun InputStream.readAtMost(count: Int): ByteArray {
    val buffer = ByteArray(count)
    var size = 0
    while (size < count) {
        val read = read(buffer, size, count - size)
        if (read < 0) break
        size += read
    }
    return buffer.copyOf(size)
}

/** A decoded photo as it lies in its file, and how it must be turned. */
internal class DecodedPhoto(val bitmap: Bitmap, val orientation: Orientation = Orientation.NORMAL)
