package org.photointerests.pipeline.decode

import java.io.ByteArrayInputStream
import java.io.DataInputStream
import java.io.EOFException
import java.io.InputStream
import java.util.zip.CRC32

private const val SIGNATURE_BYTES = 8
private const val BUFFER = 1 shl 16

/**
 * What was found on a walk through the chunks of a PNG: whether it [isWhole], with every checksum
 * right, and its EXIF block.
 */
internal class PngFile(val isWhole: Boolean, val exif: ByteArray?) {
    companion object {
        val CRITICAL = setOf("IHDR", "PLTE", "IDAT", "IEND")

        /** Throws [PhotoException] where a chunk that makes pixels is damaged. */
        fun check(stream: InputStream): PngFile {
            val input = DataInputStream(stream.buffered(BUFFER))
            val buffer = ByteArray(BUFFER)
            var exif: ByteArray? = null
            var right = true
            try {
                input.readFully(buffer, 0, SIGNATURE_BYTES)
                while (true) {
                    val length = input.readInt().toLong() and 0xFFFFFFFFL
                    val name = ByteArray(4).also(input::readFully)
                    val kind = String(name, Charsets.ISO_8859_1)
                    val sum = CRC32().apply { update(name) }
                    val content = if (kind == "eXIf" && length <= BUFFER) {
                        ByteArray(length.toInt()).also(input::readFully).also(sum::update)
                    } else {
                        input.pass(length, buffer, sum)
                        null
                    }
                    val isRight = input.readInt() == sum.value.toInt()
                    if (!isRight && kind in CRITICAL) throw PhotoException(PhotoProblem.BROKEN)
                    right = right && isRight
                    if (isRight && content != null) exif = content
                    if (kind == "IEND") return PngFile(right, exif)
                }
            } catch (_: EOFException) {
                return PngFile(false, exif)
            }
        }

        private fun InputStream.pass(length: Long, buffer: ByteArray, sum: CRC32) {
            var left = length
            while (left > 0) {
                val count = read(buffer, 0, minOf(left, buffer.size.toLong()).toInt())
                if (count < 0) throw EOFException()
                sum.update(buffer, 0, count)
                left -= count
            }
        }

        fun exif(content: ByteArray) = check(ByteArrayInputStream(content)).exif
    }
}
