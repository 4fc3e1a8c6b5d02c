package org.photointerests.pipeline.decode

import androidx.exifinterface.media.ExifInterface
import java.io.IOException

/**
 * How a photo that lies in its file must be turned, by the numbers of EXIF.
 *
 * Seen upright, row y and column x come from the file's row [fileY] and column [fileX].
 */
internal enum class Orientation(
    val transposed: Boolean,
    private val backwardX: Boolean,
    private val backwardY: Boolean
) {
    NORMAL(false, false, false),
    FLIP_HORIZONTAL(false, true, false),
    ROTATE_180(false, true, true),
    FLIP_VERTICAL(false, false, true),
    TRANSPOSE(true, false, false),
    ROTATE_90(true, false, true),
    TRANSVERSE(true, true, true),
    ROTATE_270(true, true, false);

    fun fileX(x: Int, y: Int, fileWidth: Int): Int {
        val along = if (transposed) y else x
        return if (backwardX) fileWidth - 1 - along else along
    }

    fun fileY(x: Int, y: Int, fileHeight: Int): Int {
        val along = if (transposed) x else y
        return if (backwardY) fileHeight - 1 - along else along
    }

    companion object {
        /**
         * Reads a file's orientation; damaged EXIF says nothing about the picture.
         *
         * Throws [PhotoException] where the file cannot be read.
         */
        fun of(file: PhotoFile, mimeType: String): Orientation {
            // The platform's decoder has turned these already.
            if (mimeType == "image/heif" || mimeType == "image/heic" || mimeType == "image/avif") {
                return NORMAL
            }
            val tag = reading(file) { stream ->
                try {
                    ExifInterface(stream).getAttributeInt(ExifInterface.TAG_ORIENTATION, 1)
                } catch (_: IOException) {
                    1
                } catch (_: RuntimeException) {
                    1
                } catch (_: OutOfMemoryError) {
                    1 // a tag claims to be larger than the memory
                }
            }
            return entries.getOrElse(tag - 1) { NORMAL }
        }
    }
}
