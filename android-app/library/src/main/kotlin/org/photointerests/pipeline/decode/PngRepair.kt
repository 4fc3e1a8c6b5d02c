package org.photointerests.pipeline.decode

import java.io.ByteArrayOutputStream
import java.nio.ByteBuffer
import java.util.zip.CRC32
import java.util.zip.DataFormatException
import java.util.zip.Deflater
import java.util.zip.DeflaterOutputStream
import java.util.zip.Inflater

private const val CHUNK_BYTES = 12
private const val MAX_PROFILE_BYTES = 1_000_000
private const val MAX_RAW_BYTES = 256_000_000L
private const val HEADER_BYTES = 13

// The filter that repeats the row above where its bytes are 0.
private const val UP: Byte = 2
private val SIGNATURE = byteArrayOf(0x89.toByte(), 80, 78, 71, 13, 10, 26, 10)

// Text, times and private chunks decide nothing about the pixels.
private val KEPT = setOf("IHDR", "PLTE", "tRNS", "iCCP", "eXIf")

// Samples of a pixel, by colour type.
private val SAMPLES = mapOf(0 to 1, 2 to 3, 3 to 1, 4 to 2, 6 to 4)

private class Chunk(val kind: String, val body: ByteArray, val isWhole: Boolean)

/**
 * A PNG of the chunks of [content] that make its pixels. Where the end is missing, the last row is
 * repeated for what is missing, as Python does.
 *
 * Throws [PhotoException] where more than a sixteenth of the rows is missing, or a chunk that makes
 * pixels is damaged.
 */
internal fun repairedPng(content: ByteArray): ByteArray {
    val chunks = chunks(content)
    val header = chunks.firstOrNull { it.kind == "IHDR" && it.isWhole }?.body
    if (header == null || header.size != HEADER_BYTES) throw PhotoException(PhotoProblem.BROKEN)
    val packed = ByteArrayOutputStream()
    chunks.filter { it.kind == "IDAT" }.forEach { packed.write(it.body) }
    val isWhole = chunks.last().kind == "IEND" && chunks.all { it.isWhole }
    val pixels = packed.toByteArray().let { if (isWhole) it else completed(header, it) }
    val file = ByteArrayOutputStream().apply { write(SIGNATURE) }
    chunks.filter { it.kind in KEPT && it.isWhole }.forEach { file.write(it.kind, it.body) }
    file.write("IDAT", pixels)
    file.write("IEND", ByteArray(0))
    return file.toByteArray()
}

/** The chunks worth keeping; the last may be cut off. */
private fun chunks(content: ByteArray): List<Chunk> {
    val found = mutableListOf<Chunk>()
    val numbers = ByteBuffer.wrap(content)
    var place = SIGNATURE.size.toLong()
    while (place + 8 <= content.size) {
        val start = place.toInt()
        val length = numbers.getInt(start).toLong() and 0xFFFFFFFFL
        val kind = String(content, start + 4, 4, Charsets.ISO_8859_1)
        val end = minOf(start + 8 + length, content.size.toLong()).toInt()
        val isWhole = start + CHUNK_BYTES + length <= content.size
        val sum = CRC32().apply { update(content, start + 4, end - start - 4) }.value.toInt()
        val isRight = isWhole && numbers.getInt(end) == sum
        val body = content.copyOfRange(start + 8, end)
        val isCritical = kind in PngFile.CRITICAL
        if (isCritical && isWhole && !isRight) throw PhotoException(PhotoProblem.BROKEN)
        if (isCritical || (kind in KEPT && isRight && isBounded(kind, body))) {
            found += Chunk(kind, body, isWhole)
        }
        if (kind == "IEND") break
        place += CHUNK_BYTES + length
    }
    return found
}

/** Whether a profile is whole, and small enough to be obeyed. */
private fun isBounded(kind: String, body: ByteArray): Boolean {
    if (kind != "iCCP") return true
    val name = body.indexOf(0)
    if (name < 0 || body.getOrNull(name + 1) != 0.toByte()) return false
    return try {
        inflated(body.copyOfRange(name + 2, body.size), MAX_PROFILE_BYTES + 1).size <=
            MAX_PROFILE_BYTES
    } catch (_: DataFormatException) {
        false
    }
}

/** Completes the compressed rows. */
private fun completed(header: ByteArray, packed: ByteArray): ByteArray {
    val fields = ByteBuffer.wrap(header)
    val width = fields.getInt(0).toLong() and 0xFFFFFFFFL
    val height = fields.getInt(4)
    val bits = width * header[8] * (SAMPLES[header[9].toInt()] ?: 1)
    val row = 1 + (bits + 7) / 8
    val isInterlaced = header[12].toInt() != 0
    if (isInterlaced || height <= 0 || row * height > MAX_RAW_BYTES) {
        throw PhotoException(PhotoProblem.BROKEN)
    }
    val raw = try {
        inflated(packed, (row * height).toInt())
    } catch (error: DataFormatException) {
        throw PhotoException(PhotoProblem.BROKEN, error)
    }
    val rows = (raw.size / row).toInt()
    if (height - rows > MAX_MISSING * height) throw PhotoException(PhotoProblem.CUT_OFF)
    val whole = ByteArrayOutputStream()
    DeflaterOutputStream(whole, Deflater(Deflater.BEST_SPEED)).use { deflated ->
        deflated.write(raw, 0, (rows * row).toInt())
        val repeated = ByteArray(row.toInt()).also { it[0] = UP }
        repeat(height - rows) { deflated.write(repeated) }
    }
    return whole.toByteArray()
}

/** At most [size] bytes of what is packed. */
private fun inflated(packed: ByteArray, size: Int): ByteArray {
    val inflater = Inflater()
    try {
        inflater.setInput(packed)
        val bytes = ByteArray(size)
        var count = 0
        while (count < size) {
            val more = inflater.inflate(bytes, count, size - count)
            if (more == 0) break
            count += more
        }
        return bytes.copyOf(count)
    } finally {
        inflater.end()
    }
}

private fun ByteArrayOutputStream.write(kind: String, body: ByteArray) {
    val named = kind.toByteArray() + body
    write(ByteBuffer.allocate(4).putInt(body.size).array())
    write(named)
    val sum = CRC32().apply { update(named) }.value.toInt()
    write(ByteBuffer.allocate(4).putInt(sum).array())
}
