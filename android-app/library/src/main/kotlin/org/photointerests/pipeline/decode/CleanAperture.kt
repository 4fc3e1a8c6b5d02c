package org.photointerests.pipeline.decode

import android.graphics.Bitmap
import android.graphics.Rect
import kotlin.math.abs
import kotlin.math.round

/** The part [crop] of a picture of [width] x [height] pixels that its file wants to be shown. */
internal class CleanAperture(val width: Int, val height: Int, val crop: Rect) {
    /**
     * The part of a picture that was decoded with every [factor]-th pixel, unless its decoder has cut
     * it already.
     *
     * Throws [PhotoException] where it is of another size: what is to be shown of it is unknown.
     */
    fun cut(bitmap: Bitmap, factor: Int): Bitmap {
        if (bitmap.isOf(crop.width(), crop.height(), factor)) return bitmap
        if (!bitmap.isOf(width, height, factor)) throw PhotoException(PhotoProblem.UNSUPPORTED)
        val (left, top) = crop.left / factor to crop.top / factor
        val right = minOf(crop.right / factor, bitmap.width)
        val bottom = minOf(crop.bottom / factor, bitmap.height)
        val part = Bitmap.createBitmap(bitmap, left, top, right - left, bottom - top)
        if (part != bitmap) bitmap.recycle()
        return part
    }

    private fun Bitmap.isOf(wide: Int, high: Int, factor: Int) =
        abs(width - wide / factor) <= 1 && abs(height - high / factor) <= 1

    companion object {
        /**
         * From the fractions of the box `clap`: width, height and the offsets of the centre. Null where
         * it reaches beyond the picture.
         */
        fun of(width: Int, height: Int, values: List<Int>): CleanAperture? {
            val fractions = values.chunked(2)
            if (fractions.any { it[1] == 0 }) return null
            val (wide, high, right, down) = fractions.map { it[0].toDouble() / it[1] }
            val left = round((width - wide) / 2 + right).toInt()
            val top = round((height - high) / 2 + down).toInt()
            val crop = Rect(left, top, left + round(wide).toInt(), top + round(high).toInt())
            val isInside = left >= 0 && top >= 0 && crop.right in left + 1..width &&
                crop.bottom in top + 1..height
            return if (isInside) CleanAperture(width, height, crop) else null
        }
    }
}
