package org.photointerests.pipeline.decode

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
        /** By an EXIF block; damaged EXIF says nothing about the picture. */
        fun ofExif(block: ByteArray?): Orientation =
            if (block == null) NORMAL else entries[exifOrientation(block) - 1]
    }
}
