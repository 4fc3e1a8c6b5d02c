package org.photointerests.pipeline.decode

import android.graphics.Rect

private const val BYTE = 255

/** Size of a decoded photo that was turned upright. */
internal val DecodedPhoto.uprightWidth
    get() = if (orientation.transposed) bitmap.height else bitmap.width
internal val DecodedPhoto.uprightHeight
    get() = if (orientation.transposed) bitmap.width else bitmap.height

/** All of a photo that was turned upright, in pixels. */
internal val DecodedPhoto.upright get() = Rect(0, 0, uprightWidth, uprightHeight)

/** Where a part of the upright photo lies in its file. */
internal fun DecodedPhoto.inFile(part: Rect): Rect {
    fun fileX(x: Int, y: Int) = orientation.fileX(x, y, bitmap.width)
    fun fileY(x: Int, y: Int) = orientation.fileY(x, y, bitmap.height)
    val (right, bottom) = part.right - 1 to part.bottom - 1
    val (oneX, otherX) = fileX(part.left, part.top) to fileX(right, bottom)
    val (oneY, otherY) = fileY(part.left, part.top) to fileY(right, bottom)
    return Rect(
        minOf(oneX, otherX),
        minOf(oneY, otherY),
        maxOf(oneX, otherX) + 1,
        maxOf(oneY, otherY) + 1
    )
}

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
        val file = photo.inFile(
            Rect(columns.first, rows.first, columns.last + 1, rows.last + 1)
        )
        val fileWidth = file.width()
        val colors = IntArray(fileWidth * file.height())
        bitmap.getPixels(colors, 0, fileWidth, file.left, file.top, fileWidth, file.height())
        val behind = background.toIntArray()
        val pixel = IntArray(RGB)
        var to = 0
        for (y in rows) {
            for (x in columns) {
                val color = colors[(fileY(x, y) - file.top) * fileWidth + fileX(x, y) - file.left]
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
