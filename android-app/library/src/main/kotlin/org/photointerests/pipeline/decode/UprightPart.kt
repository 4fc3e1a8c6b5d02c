package org.photointerests.pipeline.decode

import kotlin.math.abs

private const val BYTE = 255

/** Size of a decoded photo that was turned upright. */
internal val DecodedPhoto.uprightWidth
    get() = if (orientation.transposed) bitmap.height else bitmap.width
internal val DecodedPhoto.uprightHeight
    get() = if (orientation.transposed) bitmap.width else bitmap.height

/**
 * The pixels of an upright photo within [columns] and [rows], with transparency over a background.
 *
 * Beyond its edge stand the pixels at the edge.
 */
internal class UprightPart(
    photo: DecodedPhoto,
    private val columns: IntRange,
    private val rows: IntRange,
    background: List<Int>
) {
    private val width = columns.last - columns.first + 1
    private val pixels = ByteArray(width * (rows.last - rows.first + 1) * RGB)

    init {
        val bitmap = photo.bitmap
        fun fileX(x: Int, y: Int) = photo.orientation.fileX(x, y, bitmap.width)
        fun fileY(x: Int, y: Int) = photo.orientation.fileY(x, y, bitmap.height)
        val (oneX, oneY) = fileX(columns.first, rows.first) to fileY(columns.first, rows.first)
        val (otherX, otherY) = fileX(columns.last, rows.last) to fileY(columns.last, rows.last)
        val (left, top) = minOf(oneX, otherX) to minOf(oneY, otherY)
        val fileWidth = abs(oneX - otherX) + 1
        val fileHeight = abs(oneY - otherY) + 1
        val colors = IntArray(fileWidth * fileHeight)
        bitmap.getPixels(colors, 0, fileWidth, left, top, fileWidth, fileHeight)
        val behind = background.toIntArray()
        val pixel = IntArray(RGB)
        var to = 0
        for (y in rows) {
            for (x in columns) {
                val color = colors[(fileY(x, y) - top) * fileWidth + fileX(x, y) - left]
                putOver(color, behind, pixel, 0)
                for (channel in pixel) pixels[to++] = channel.toByte()
            }
        }
    }

    /** Place of the red of a pixel of the photo in [value]. */
    fun place(x: Int, y: Int): Int =
        ((y.coerceIn(rows) - rows.first) * width + x.coerceIn(columns) - columns.first) * RGB

    fun value(place: Int): Int = pixels[place].toInt() and BYTE
}
