package org.photointerests.recommendations

import org.photointerests.core.PhotoKey

/** A photo in [UserPreferenceProfile]: its [weights] are P_c p_nc / N, by interest. */
internal class PreferencePhoto(
    val key: PhotoKey,
    val features: ByteArray,
    val weights: FloatArray
) {
    val strength = weights.sum()
}

/**
 * What the user's photos say, as `photo_interests/item_scores.py` does.
 *
 * [probabilities] are P_c, by interest; [photos] those that say most of all N.
 */
internal class UserPreferenceProfile(
    val probabilities: FloatArray,
    val photos: List<PreferencePhoto>
)
