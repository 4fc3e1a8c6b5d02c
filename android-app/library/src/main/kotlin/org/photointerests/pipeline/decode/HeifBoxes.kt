package org.photointerests.pipeline.decode

import java.nio.Buffer
import java.nio.ByteBuffer

private const val MAX_BOXES = 10_000
private const val HEADER_BYTES = 8
private const val LARGE_HEADER_BYTES = 16

/**
 * The boxes of a HEIC or AVIF file that its decoders do not ask, read as Python reads them
 * (ISO/IEC 23008-12 and 14496-12). [content] is the file, or its beginning.
 */
internal class HeifBoxes(private val content: ByteArray) {
    private val numbers = ByteBuffer.wrap(content)

    private class Box(val kind: String, val start: Int, val end: Int)

    /** The part of the picture that is to be shown; null for all of it. */
    fun cleanAperture(): CleanAperture? = reading {
        val meta = meta()
        val primary = primary(meta)
        val properties = meta.child("iprp")
        val container = children(properties.start, properties.end).first { it.kind == "ipco" }
        val boxes = children(container.start, container.end)
        val associations = children(properties.start, properties.end).first { it.kind == "ipma" }
        val used = associations(associations, primary).filter { it > 0 }.map { boxes[it - 1] }
        val clap = used.lastOrNull { it.kind == "clap" } ?: return null
        val size = used.last { it.kind == "ispe" }
        CleanAperture.of(
            numbers.getInt(size.start + 4),
            numbers.getInt(size.start + 8),
            List(8) { numbers.getInt(clap.start + 4 * it) }
        )
    }

    /** The file with its thumbnail as the primary picture; null without one. */
    fun thumbnailFirst(): ByteArray? = reading {
        val meta = meta()
        val item = meta.child("pitm")
        val shown = primary(meta)
        val references = meta.child("iref")
        val isWide = content[references.start] != 0.toByte()
        for (box in children(references.start + 4, references.end)) {
            if (box.kind != "thmb") continue
            val of = if (isWide) uint(box.start + 6) else ushort(box.start + 4).toLong()
            if (of != shown) continue
            val thumbnail = if (isWide) uint(box.start) else ushort(box.start).toLong()
            val changed = ByteBuffer.wrap(content.copyOf())
            if (content[item.start] == 0.toByte()) {
                changed.putShort(item.start + 4, thumbnail.toShort())
            } else {
                changed.putInt(item.start + 4, thumbnail.toInt())
            }
            // Else a decoder might not list it among the pictures.
            (changed as Buffer).position(box.start - 4)
            changed.put("skip".toByteArray())
            return changed.array()
        }
        null
    }

    private fun meta() = children(0, content.size).first { it.kind == "meta" }

    private fun Box.child(kind: String) = children(start + 4, end).first { it.kind == kind }

    private fun primary(meta: Box): Long {
        val item = meta.child("pitm")
        val isWide = content[item.start] != 0.toByte()
        return if (isWide) uint(item.start + 4) else ushort(item.start + 4).toLong()
    }

    /** Numbers of the properties of an item, from 1. */
    private fun associations(box: Box, item: Long): List<Int> {
        val wideItems = content[box.start] >= 1
        val wideNumbers = content[box.start + 3].toInt() and 1 == 1
        var place = box.start + 8
        repeat(minOf(uint(box.start + 4), MAX_BOXES.toLong()).toInt()) {
            val found = if (wideItems) uint(place) else ushort(place).toLong()
            place += if (wideItems) 4 else 2
            val count = content[place].toInt() and 0xFF
            val size = if (wideNumbers) 2 else 1
            val start = place + 1
            place = start + size * count
            if (found == item) {
                return List(count) {
                    if (wideNumbers) {
                        ushort(start + 2 * it) and 0x7FFF
                    } else {
                        content[start + it].toInt() and 0x7F
                    }
                }
            }
        }
        return emptyList()
    }

    private fun children(start: Int, end: Int): List<Box> {
        val found = mutableListOf<Box>()
        var place = start.toLong()
        while (place + HEADER_BYTES <= end && found.size < MAX_BOXES) {
            val at = place.toInt()
            var size = uint(at)
            val header = if (size == 1L) LARGE_HEADER_BYTES else HEADER_BYTES
            if (size == 1L) size = numbers.getLong(at + HEADER_BYTES)
            val stop = if (size == 0L) end.toLong() else place + size
            if ((size != 0L && size < header) || stop < place) break
            val kind = String(content, at + 4, 4, Charsets.ISO_8859_1)
            found += Box(kind, at + header, minOf(stop, end.toLong()).toInt())
            place = stop
        }
        return found
    }

    private fun uint(at: Int) = numbers.getInt(at).toLong() and 0xFFFFFFFFL

    private fun ushort(at: Int) = numbers.getShort(at).toInt() and 0xFFFF

    companion object {
        /** Boxes of properties and references come first and are small. */
        const val META_BYTES = 4_000_000
    }

    private inline fun <T> reading(action: () -> T?): T? = try {
        action()
    } catch (_: IndexOutOfBoundsException) {
        null
    } catch (_: NoSuchElementException) {
        null
    }
}
