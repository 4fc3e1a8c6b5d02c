package org.photointerests.pipeline.decode

import android.graphics.Bitmap
import android.graphics.Color
import android.graphics.Rect

private const val OPAQUE = 255

/** Rows of a [part] of a bitmap, with transparency over a background. */
internal class BitmapRows(
    private val bitmap: Bitmap,
    background: List<Int>,
    private val part: Rect = Rect(0, 0, bitmap.width, bitmap.height)
) : PixelRows {
    override val width: Int get() = part.width()
    override val height: Int get() = part.height()
    private val behind = background.toIntArray()
    private val colors = IntArray(width)
    private var next = part.top

    override fun read(row: IntArray) {
        bitmap.getPixels(colors, 0, width, part.left, next++, width, 1)
        var to = 0
        for (color in colors) {
            putOver(color, behind, row, to)
            to += RGB
        }
    }
}

/** Puts red, green and blue of a colour over a background to a place of [target]. */
internal fun putOver(color: Int, behind: IntArray, target: IntArray, place: Int) {
    val alpha = Color.alpha(color)
    target[place] = over(Color.red(color), behind[0], alpha)
    target[place + 1] = over(Color.green(color), behind[1], alpha)
    target[place + 2] = over(Color.blue(color), behind[2], alpha)
}

/** Rounds as Pillow's paste does. */
private fun over(front: Int, back: Int, alpha: Int): Int {
    if (alpha == OPAQUE) return front
    val sum = front * alpha + back * (OPAQUE - alpha) + 128
    return ((sum shr 8) + sum) shr 8
}

// Pixels.
private const val MIN_SIDE = 8

/** Throws [PhotoException] for a strip of a few pixels, and where all is of one colour. */
internal fun checkEvidence(bitmap: Bitmap, background: List<Int>) {
    if (minOf(bitmap.width, bitmap.height) < MIN_SIDE || bitmap.isOfOneColor(background)) {
        throw PhotoException(PhotoProblem.NOTHING_TO_SEE)
    }
}

private fun Bitmap.isOfOneColor(background: List<Int>): Boolean {
    val rows = BitmapRows(this, background)
    val row = IntArray(width * RGB)
    val first = IntArray(width * RGB)
    rows.read(first)
    // All are like the first pixel where each row is like the first, and that is of one colour.
    if ((RGB until first.size).any { first[it] != first[it - RGB] }) return false
    return (1 until height).all {
        rows.read(row)
        row.contentEquals(first)
    }
}
