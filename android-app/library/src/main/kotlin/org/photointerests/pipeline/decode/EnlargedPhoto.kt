package org.photointerests.pipeline.decode

import kotlin.math.max
import kotlin.math.min
import org.photointerests.core.ReducedDecode

// Pixels of the shorter side that a photo is decoded with at most for what is small on it.
private const val MAXIMUM_SHORT_SIDE = 2160.0

/** Pixels of the shorter side of an upright photo. */
internal val DecodedPhoto.shortSide get() = min(uprightWidth, uprightHeight)

/** What [use] makes of a decoded photo, which is given back then; throws [PhotoException]. */
internal fun <T> PhotoDecoder.use(file: PhotoFile, use: (DecodedPhoto) -> T): T {
    val photo = decode(file)
    return try {
        use(photo)
    } finally {
        photo.bitmap.recycle()
    }
}

/**
 * What [use] makes of a [photo] of this file with as many pixels as a thing on it needs, if the file
 * has them: it has some [pixels] there, and [wanted] ones are needed.
 *
 * A photo with enough of them is used as it is; at most [maximumPixels] are decoded of another. Throws
 * [PhotoException].
 */
internal fun <T> PhotoFile.enlarged(
    photo: DecodedPhoto,
    rule: ReducedDecode,
    pixels: Double,
    wanted: Double,
    maximumPixels: Long,
    use: (DecodedPhoto) -> T
): T {
    val needed = photo.shortSide * wanted / max(pixels, 1.0)
    val side = Math.rint(min(needed, MAXIMUM_SHORT_SIDE)).toInt()
    if (side <= photo.shortSide) return use(photo)
    return PhotoDecoder(rule.copy(minimumSide = side), maximumPixels).use(this, use)
}
