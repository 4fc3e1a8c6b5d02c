package org.photointerests.pipeline.decode

import java.io.DataInputStream
import java.io.EOFException
import java.io.InputStream
import java.nio.ByteBuffer
import java.nio.ByteOrder

private const val BUFFER = 1 shl 16
private const val RIFF_BYTES = 12L
private const val EXIF = 0x45584946
private const val MAX_EXIF_BYTES = 1 shl 24

/**
 * Whether a file that Android decodes in part ends early: its decoders give what there is and leave
 * the rest empty. JPEG and PNG are looked at more closely.
 */
internal fun isCut(stream: InputStream, mimeType: String): Boolean = try {
    val input = DataInputStream(stream.buffered(BUFFER))
    when (mimeType) {
        "image/webp" -> passRiff(input)
        "image/gif" -> passGif(input)
        "image/bmp", "image/x-ms-bmp" -> passBmp(input)
        else -> passBoxes(input)
    }
    false
} catch (_: EOFException) {
    true
}

/** The EXIF block of a WebP; null without one. */
internal fun webpExif(stream: InputStream): ByteArray? = try {
    val input = DataInputStream(stream.buffered(BUFFER))
    input.pass(RIFF_BYTES)
    var exif: ByteArray? = null
    while (exif == null) {
        val kind = input.readInt()
        val size = Integer.reverseBytes(input.readInt()).toLong() and 0xFFFFFFFFL
        if (kind == EXIF && size <= MAX_EXIF_BYTES) {
            exif = ByteArray(size.toInt()).also(input::readFully)
        } else {
            input.pass(size + size % 2)
        }
    }
    exif
} catch (_: EOFException) {
    null
}

private fun passRiff(input: DataInputStream) {
    input.pass(4)
    input.pass(Integer.reverseBytes(input.readInt()).toLong() and 0xFFFFFFFFL)
}

/** Up to the end of the first picture, which is the one that is read. */
private fun passGif(input: DataInputStream) {
    input.pass(10)
    val flags = input.readUnsignedByte()
    input.pass(2 + colorTable(flags))
    while (true) {
        when (input.readUnsignedByte()) {
            0x21 -> { // an extension
                input.pass(1)
                passBlocks(input)
            }
            0x2C -> { // a picture
                input.pass(8)
                input.pass(colorTable(input.readUnsignedByte()) + 1)
                passBlocks(input)
                return
            }
            else -> return // the decoder says what it makes of it
        }
    }
}

private fun colorTable(flags: Int): Long = if (flags and 0x80 == 0) 0 else 3L shl (flags and 7) + 1

private fun passBlocks(input: DataInputStream) {
    while (true) {
        val size = input.readUnsignedByte()
        if (size == 0) return
        input.pass(size.toLong())
    }
}

private fun passBmp(input: DataInputStream) {
    val header = ByteArray(34).also(input::readFully)
    val fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN)
    val isPlain = fields.getInt(14) >= 40 && fields.getInt(30) in setOf(0, 3)
    if (!isPlain) return
    val bits = fields.getInt(18).toLong() * fields.getShort(28)
    val row = (bits + 31) / 32 * 4
    input.pass(fields.getInt(10) - header.size + row * Math.abs(fields.getInt(22).toLong()))
}

/** Boxes of HEIC and AVIF: each must be there as a whole. */
private fun passBoxes(input: DataInputStream) {
    while (true) {
        val first = input.read()
        if (first < 0) return
        val rest = input.readUnsignedByte() shl 16 or input.readUnsignedShort()
        val size = first.toLong() shl 24 or rest.toLong()
        input.pass(4)
        when {
            size == 0L -> return // up to the end
            size == 1L -> input.pass(input.readLong() - 16)
            else -> input.pass(size - 8)
        }
    }
}

private fun InputStream.pass(count: Long) {
    val buffer = ByteArray(BUFFER)
    var left = count
    while (left > 0) {
        val read = read(buffer, 0, minOf(left, buffer.size.toLong()).toInt())
        if (read < 0) throw EOFException()
        left -= read
    }
}
