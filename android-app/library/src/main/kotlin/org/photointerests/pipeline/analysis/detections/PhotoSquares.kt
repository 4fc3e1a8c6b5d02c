package org.photointerests.pipeline.analysis.detections

import org.photointerests.core.Input
import org.photointerests.core.PhotoKey
import org.photointerests.core.PixelInput
import org.photointerests.pipeline.decode.Frame
import org.photointerests.pipeline.decode.Letterbox
import org.photointerests.pipeline.decode.LetterboxPreprocessor
import org.photointerests.pipeline.decode.PhotoFile
import org.photointerests.pipeline.media.PhotoSource

/**
 * Photos in the square that detectors take, decoded by the [rule] of the bundle.
 *
 * The last [MOST] are kept while two detectors take turns with them, so that each photo is opened
 * once. Not thread-safe.
 */
class PhotoSquares(private val photos: PhotoSource, val rule: Input) {
    private val kept = ArrayDeque<Square>()
    private var users = 0

    /** Counts a detector that takes squares until [leave]. */
    fun join() {
        users++
    }

    /** Throws [org.photointerests.pipeline.decode.PhotoException]. */
    fun square(key: PhotoKey, input: PixelInput): Letterbox {
        kept.find { it.key == key && it.input == input }?.let { return it.content }
        val content = Frame(PhotoFile { photos.open(key) }).use {
            LetterboxPreprocessor(input, rule).preprocess(it)
        }
        if (users < 2) return content
        if (kept.size == MOST) kept.removeFirst()
        kept += Square(key, input, content)
        return content
    }

    /** Keeps none any more: who goes on is alone, and photos may change. */
    fun leave() {
        users--
        kept.clear()
    }

    companion object {
        /** Photos of one turn. */
        const val MOST = 8
    }
}

private class Square(val key: PhotoKey, val input: PixelInput, val content: Letterbox)
