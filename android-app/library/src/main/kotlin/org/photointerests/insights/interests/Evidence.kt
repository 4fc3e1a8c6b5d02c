package org.photointerests.insights.interests

import org.photointerests.core.PhotoKey

/**
 * What [photos] photos say: the probability of each interest and then of each kind, and what is on
 * each photo.
 *
 * [forEachPhoto] gives its features and what is on it, by interest and then by kind, some photos in
 * memory at a time.
 */
internal class Evidence(
    val photos: Int,
    val probabilities: FloatArray,
    private val goThrough: suspend (PhotoAction) -> Unit
) {
    suspend fun forEachPhoto(action: PhotoAction) = goThrough(action)
}

internal typealias PhotoAction = (key: PhotoKey, features: ByteArray, onPhoto: FloatArray) -> Unit
