package org.photointerests.pipeline.decode

import java.nio.ByteBuffer
import java.nio.ByteOrder

private const val ORIENTATION = 0x0112
private const val SHORT = 3
private const val ENTRY_BYTES = 12
private const val INLINE_BYTES = 4
private const val UPRIGHT = 1
private val PREFIX = "Exif\u0000\u0000".toByteArray()

// Bytes of a value, by its kind (TIFF 6.0, and EXIF 3.0 for 13 and 129).
private val SIZES = mapOf(
    1 to 1, 2 to 1, 3 to 2, 4 to 4, 5 to 8, 6 to 1, 7 to 1, 8 to 2, 9 to 4, 10 to 8, 11 to 4,
    12 to 8, 13 to 4, 129 to 1
)

/**
 * How a picture is stored, 1 to 8, by its EXIF block; 1 (upright) where that says nothing.
 *
 * A block with an entry that reaches beyond its end is damaged, and not obeyed, as in Python. XMP is
 * not read: editors rotate pixels and leave it as it was.
 */
internal fun exifOrientation(block: ByteArray): Int {
    val tiff = if (block.startsWith(PREFIX)) block.copyOfRange(PREFIX.size, block.size) else block
    val order = when (tiff.take(2).map { it.toInt().toChar() }.joinToString("")) {
        "II" -> ByteOrder.LITTLE_ENDIAN
        "MM" -> ByteOrder.BIG_ENDIAN
        else -> return UPRIGHT
    }
    return try {
        orientation(ByteBuffer.wrap(tiff).order(order))
    } catch (_: IndexOutOfBoundsException) {
        UPRIGHT
    }
}

private fun orientation(tiff: ByteBuffer): Int {
    var found = UPRIGHT
    val start = tiff.getInt(4)
    repeat(tiff.getShort(start).toInt() and 0xFFFF) {
        val entry = start + 2 + ENTRY_BYTES * it
        val kind = tiff.getShort(entry + 2).toInt() and 0xFFFF
        val count = tiff.getInt(entry + 4).toLong() and 0xFFFFFFFFL
        val size = (SIZES[kind] ?: 0) * count
        if (size > INLINE_BYTES) {
            val place = tiff.getInt(entry + 8).toLong() and 0xFFFFFFFFL
            if (place + size > tiff.capacity()) return UPRIGHT
        }
        val tag = tiff.getShort(entry).toInt() and 0xFFFF
        if (tag == ORIENTATION && kind == SHORT && count == 1L) {
            found = tiff.getShort(entry + 8).toInt() and 0xFFFF
        }
    }
    return if (found in 1..8) found else UPRIGHT
}
