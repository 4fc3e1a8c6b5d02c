package org.photointerests.pipeline.decode

import java.io.DataInputStream
import java.io.EOFException
import java.io.InputStream

private const val COEFFICIENT_BYTES = 2
private val EXIF = "Exif\u0000\u0000".toByteArray()

/**
 * What a JPEG says before its pixels.
 *
 * [exif] is its EXIF block without the six bytes before it. [coefficientBytes] is the memory that a
 * progressive file takes to be decoded, however far it is reduced; 0 for others.
 */
internal class JpegHeader(val exif: ByteArray?, val components: Int, val coefficientBytes: Long) {
    companion object {
        /** Reads segments up to the pixels; what a damaged file lacks is null or 0. */
        fun read(stream: InputStream): JpegHeader {
            var exif: ByteArray? = null
            var frame: Frame? = null
            try {
                forEachSegment(DataInputStream(stream.buffered())) { marker, content ->
                    if (marker == JpegMarker.APP1 && content.startsWith(EXIF)) {
                        val block = content.copyOfRange(EXIF.size, content.size)
                        exif = exif?.plus(block) ?: block
                    }
                    if (JpegMarker.isFrame(marker)) frame = Frame(marker, content)
                }
            } catch (_: EOFException) {
                // The decoder says what it makes of the rest.
            } catch (_: IndexOutOfBoundsException) {
                // A segment that is too short.
            }
            return JpegHeader(exif, frame?.components ?: 0, frame?.coefficientBytes() ?: 0)
        }

        private fun forEachSegment(input: DataInputStream, action: (Int, ByteArray) -> Unit) {
            input.readUnsignedShort() // the mark of all JPEG files
            while (true) {
                var marker = input.readUnsignedByte()
                if (marker != JpegMarker.PREFIX) continue
                while (marker == JpegMarker.PREFIX) marker = input.readUnsignedByte()
                if (marker == JpegMarker.SCAN || marker == JpegMarker.END) return
                if (JpegMarker.isAlone(marker)) continue
                val content = ByteArray(maxOf(input.readUnsignedShort() - 2, 0))
                input.readFully(content)
                action(marker, content)
            }
        }
    }

    /** A frame header: height, width and the sampling of each component. */
    private class Frame(private val marker: Int, content: ByteArray) {
        private val height = content.number(1)
        private val width = content.number(3)
        val components = content[5].toInt() and 0xFF
        private val sampling = List(components) { content[7 + 3 * it].toInt() and 0xFF }

        fun coefficientBytes(): Long {
            if (!JpegMarker.isProgressive(marker) || sampling.isEmpty()) return 0
            val samples = sampling.sumOf { (it shr 4) * (it and 0xF) }
            val widest = sampling.maxOf { it shr 4 } * sampling.maxOf { it and 0xF }
            if (widest == 0) return 0
            return COEFFICIENT_BYTES.toLong() * width * height * samples / widest
        }
    }
}

private fun ByteArray.number(at: Int) =
    (this[at].toInt() and 0xFF shl 8) or (this[at + 1].toInt() and 0xFF)

internal fun ByteArray.startsWith(prefix: ByteArray) =
    size >= prefix.size && prefix.indices.all { this[it] == prefix[it] }
