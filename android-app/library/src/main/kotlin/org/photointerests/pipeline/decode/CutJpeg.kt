package org.photointerests.pipeline.decode

import android.graphics.Bitmap
import android.graphics.Color
import java.io.ByteArrayOutputStream
import java.io.FilterInputStream
import java.io.InputStream

/** Share of a photo's rows that may be missing: see docs/decisions/0021-damaged-and-odd-files.md. */
internal const val MAX_MISSING = 1.0 / 16
private val END = byteArrayOf(0xFF.toByte(), 0xD9.toByte())

// What libjpeg fills missing rows with; what it looks like where it is cyan, magenta, yellow, black.
private val FILL = 127..128
private val FILL_OF_INKS = 63..65
private const val INKS = 4

/**
 * Remembers whether the end of a file was read, and its last two bytes: interrupted copies are often
 * filled up with zeros, which do not count.
 */
internal class TailStream(content: InputStream) : FilterInputStream(content) {
    private var ended = false
    private var before = 0
    private var last = 0

    /** Whether the file was read to an end that is not that of a JPEG. */
    val lacksEnd get() = ended && last != (JpegMarker.PREFIX shl 8 or JpegMarker.END)

    override fun read(): Int {
        val one = ByteArray(1)
        return if (read(one, 0, 1) < 0) -1 else one[0].toInt() and 0xFF
    }

    override fun read(bytes: ByteArray, offset: Int, length: Int): Int {
        val count = super.read(bytes, offset, length)
        if (count < 0) ended = true
        if (count <= 0) return count
        val place = (offset + count - 1 downTo offset).firstOrNull { bytes[it] != 0.toByte() }
        if (place != null) {
            val second = if (place > offset) bytes[place - 1].toInt() and 0xFF else before
            last = second shl 8 or (bytes[place].toInt() and 0xFF)
        }
        before = bytes[offset + count - 1].toInt() and 0xFF
        return count
    }
}

/** A JPEG whose end is missing, with an end; null for one that has it, and more data behind it. */
internal fun completedJpeg(content: ByteArray): ByteArray? {
    if (hasEnd(content)) return null
    val size = content.indexOfLast { it != 0.toByte() } + 1
    return content.copyOf(size) + END
}

private fun hasEnd(content: ByteArray): Boolean {
    var place = 2
    while (place + 1 < content.size) {
        val marker = content[place + 1].toInt() and 0xFF
        when {
            content[place].toInt() and 0xFF != JpegMarker.PREFIX -> place++
            marker == JpegMarker.END -> return true
            marker == JpegMarker.PREFIX -> place++
            JpegMarker.isAlone(marker) -> place += 2
            else -> place = segmentEnd(content, place)
        }
    }
    return false
}

private fun segmentEnd(content: ByteArray, place: Int): Int {
    if (place + 3 >= content.size) return content.size
    val high = content[place + 2].toInt() and 0xFF
    return place + 2 + (high shl 8 or (content[place + 3].toInt() and 0xFF))
}

/** A JPEG without its colour profile, whose fill would be another colour by it. */
internal fun withoutProfile(content: ByteArray): ByteArray {
    val kept = ByteArrayOutputStream(content.size)
    var place = 2
    kept.write(content, 0, 2)
    while (place + 3 < content.size) {
        val marker = content[place + 1].toInt() and 0xFF
        if (content[place].toInt() and 0xFF != JpegMarker.PREFIX || marker == JpegMarker.SCAN) break
        val end = minOf(segmentEnd(content, place), content.size)
        if (marker != JpegMarker.APP2) kept.write(content, place, end - place)
        place = end
    }
    kept.write(content, place, content.size - place)
    return kept.toByteArray()
}

/** Throws [PhotoException] where too many rows of a [completedJpeg] without its profile are missing. */
internal fun checkRows(bitmap: Bitmap, components: Int) {
    val fill = if (components == INKS) FILL_OF_INKS else FILL
    val row = IntArray(bitmap.width)
    var missing = 0
    while (missing < bitmap.height) {
        bitmap.getPixels(row, 0, row.size, 0, bitmap.height - 1 - missing, row.size, 1)
        val filled = row.all {
            Color.red(it) in fill && Color.green(it) in fill && Color.blue(it) in fill
        }
        if (!filled) break
        missing++
    }
    if (missing > MAX_MISSING * bitmap.height) throw PhotoException(PhotoProblem.CUT_OFF)
}
