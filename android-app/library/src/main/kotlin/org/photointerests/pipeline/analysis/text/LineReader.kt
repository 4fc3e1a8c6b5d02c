package org.photointerests.pipeline.analysis.text

import java.io.Closeable
import java.nio.Buffer
import java.nio.ByteBuffer
import kotlin.math.round
import org.photointerests.core.AnalyzerFiles
import org.photointerests.core.directBuffer
import org.photointerests.pipeline.analysis.AnalyzerModel
import org.photointerests.pipeline.decode.PixelRows
import org.photointerests.pipeline.decode.RGB
import org.photointerests.pipeline.decode.resize

private const val MODEL = "reader.tflite"
private const val CHARACTERS = "characters.txt"

// Pixels of a line as the recogniser takes it.
private const val HEIGHT = 32
private const val MAXIMUM_WIDTH = 1600

// How much wider than high a line is made: narrow letters need columns of their own.
private const val STRETCH = 1.25

// Widths are rounded up to a multiple, so that the model is seldom prepared again.
private const val WIDTH_STEP = 32

// Columns of pixels for each of its answers.
private const val ANSWER_WIDTH = 8

// "No character" among its answers.
private const val NONE = 0

/** Reads lines of Latin characters (CRNN's way, Graves and others, 2006). Not thread-safe. */
internal class LineReader(files: AnalyzerFiles) : Closeable {
    private val characters =
        Charsets.UTF_8.decode(files.file(CHARACTERS)).toString().split('\n')
    private val model = AnalyzerModel(files, MODEL)
    private var pixels = directBuffer(0)
    private var indices = directBuffer(0)
    private var scores = directBuffer(0)

    init {
        model.check {
            prepare(WIDTH_STEP)
            run()
        }
    }

    /** The text of a line that runs to the right, and the mean probability of its characters. */
    fun read(line: PixelRows): Pair<String, Float> {
        val width = widthOf(line.width, line.height)
        val strip = line.resize(width, HEIGHT, transposed = false)
        val room = roomFor(line.width, line.height)
        prepare(room)
        for (y in 0 until HEIGHT) {
            for (from in y * width * RGB until (y + 1) * width * RGB) {
                pixels.put(strip[from].toByte())
            }
            repeat((room - width) * RGB) { pixels.put(GREY.toByte()) }
        }
        run()
        return decode()
    }

    private fun widthOf(width: Int, height: Int) =
        round(width * HEIGHT * STRETCH / height).toInt().coerceIn(1, MAXIMUM_WIDTH)

    /** Columns that the model takes for a line; preparing it for another number takes time. */
    fun roomFor(width: Int, height: Int) =
        (widthOf(width, height) + WIDTH_STEP - 1) / WIDTH_STEP * WIDTH_STEP

    private fun prepare(room: Int) {
        val bytes = HEIGHT * room * RGB
        if (pixels.capacity() != bytes) {
            model.resize(intArrayOf(1, HEIGHT, room, RGB))
            pixels = directBuffer(bytes)
            indices = directBuffer(room / ANSWER_WIDTH * Int.SIZE_BYTES)
            scores = directBuffer(room / ANSWER_WIDTH * Float.SIZE_BYTES)
        }
        // ByteBuffer.clear() itself is missing before Android 9
        listOf<Buffer>(pixels, indices, scores).forEach { it.clear() }
    }

    private fun run() {
        (pixels as Buffer).clear()
        model.run("pixels" to pixels, mapOf("characters" to indices, "scores" to scores))
    }

    /** Without repetitions, and then without places that have no character. */
    private fun decode(): Pair<String, Float> {
        val text = StringBuilder()
        var sum = 0.0
        var count = 0
        var last = NONE
        for (place in 0 until indices.capacity() / Int.SIZE_BYTES) {
            val index = indices.getInt(place * Int.SIZE_BYTES)
            if (index != last && index != NONE) {
                text.append(characters[index])
                sum += scores.getFloat(place * Float.SIZE_BYTES)
                count++
            }
            last = index
        }
        return text.trim().toString() to if (count > 0) (sum / count).toFloat() else 0f
    }

    override fun close() = model.close()
}
