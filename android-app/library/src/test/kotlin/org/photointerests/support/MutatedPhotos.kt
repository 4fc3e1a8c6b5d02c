package org.photointerests.support

import android.graphics.Bitmap
import android.graphics.Bitmap.CompressFormat
import androidx.exifinterface.media.ExifInterface
import java.io.ByteArrayOutputStream
import java.io.File
import java.nio.ByteBuffer
import java.util.zip.CRC32
import kotlin.random.Random

private const val WIDTH = 96
private const val HEIGHT = 72

/** Photos as broken storage and hostile senders make them: the same for the same seed. */
class MutatedPhotos(seed: Int) {
    private val random = Random(seed)
    private val whole = listOf(jpeg(), upsideDown(), png(), webp())

    /** One of the whole photos with one to three errors. */
    fun next(): ByteArray {
        var content = whole[random.nextInt(whole.size)]
        repeat(random.nextInt(1, 4)) { content = mutated(content) }
        return content
    }

    private fun mutated(content: ByteArray): ByteArray {
        if (content.size < 2) return content
        return when (random.nextInt(7)) {
            0 -> content.copyOf(random.nextInt(content.size))
            1 -> content.copyOf().also(::flipBits)
            2 -> withNoise(content)
            3 -> place(content).let { content.copyOf(it) + content.drop(it + random.nextInt(64)) }
            4 -> place(content).let { content + content.copyOfRange(it, content.size) }
            5 -> splice(content)
            else -> withOtherSize(content)
        }
    }

    private fun flipBits(content: ByteArray) {
        repeat(random.nextInt(1, 64)) {
            val at = place(content)
            content[at] = (content[at].toInt() xor (1 shl random.nextInt(8))).toByte()
        }
    }

    private fun withNoise(content: ByteArray): ByteArray {
        val from = place(content)
        val noise = random.nextBytes(minOf(content.size - from, random.nextInt(1, 256)))
        return content.copyOf().also { noise.copyInto(it, from) }
    }

    /** The beginning of one photo and the end of another, of another kind most often. */
    private fun splice(content: ByteArray): ByteArray {
        val other = whole[random.nextInt(whole.size)]
        return content.copyOf(place(content)) + other.copyOfRange(place(other), other.size)
    }

    /** A header that claims another size, up to the largest that its kind can. */
    private fun withOtherSize(content: ByteArray): ByteArray {
        val copy = content.copyOf()
        val sides = ByteBuffer.wrap(copy)
        val start = copy.indexOfFrame()
        when {
            copy.startsWith("RIFF") && copy.size > 30 -> sides.putInt(26, random.nextInt())
            start != null -> sides.putInt(start, random.nextInt())
            copy.size > 33 -> {
                sides.putInt(16, random.nextInt(0, 1 shl random.nextInt(1, 31)))
                sides.putInt(20, random.nextInt(0, 1 shl random.nextInt(1, 31)))
                sides.putInt(29, CRC32().apply { update(copy, 12, 17) }.value.toInt())
            }
        }
        return copy
    }

    private fun place(content: ByteArray) = random.nextInt(maxOf(content.size, 1))

    private fun jpeg() = encoded(CompressFormat.JPEG, drawnPhoto(1, WIDTH, HEIGHT))

    private fun png() = encoded(
        CompressFormat.PNG,
        drawnPhoto(11, WIDTH, HEIGHT).apply { eraseCorner() }
    )

    @Suppress("DEPRECATION") // its successors came with Android 11
    private fun webp() = encoded(CompressFormat.WEBP, drawnPhoto(21, WIDTH, HEIGHT))

    /** A JPEG with EXIF: its reader is to bear errors too. */
    private fun upsideDown(): ByteArray {
        val file = File.createTempFile("turned", ".jpg")
        file.writeBytes(jpeg())
        ExifInterface(file).apply {
            setAttribute(ExifInterface.TAG_ORIENTATION, "3")
            setLatLong(54.18, 7.89)
            saveAttributes()
        }
        return file.readBytes().also { file.delete() }
    }

    private fun Bitmap.eraseCorner() {
        for (x in 0 until width / 2) for (y in 0 until height / 2) setPixel(x, y, x * 2 shl 24)
    }

    private fun encoded(format: CompressFormat, bitmap: Bitmap): ByteArray =
        ByteArrayOutputStream().also { bitmap.compress(format, 90, it) }.toByteArray()
}

private fun ByteArray.startsWith(text: String) =
    size >= text.length && text.indices.all { this[it] == text[it].code.toByte() }

/** Where a JPEG's frame header tells height and width; null in other files. */
private fun ByteArray.indexOfFrame(): Int? = (2 until size - 9).firstOrNull {
    this[0] == 0xFF.toByte() &&
        this[it] == 0xFF.toByte() &&
        (this[it + 1] == 0xC0.toByte() || this[it + 1] == 0xC2.toByte())
}?.let { it + 5 }
