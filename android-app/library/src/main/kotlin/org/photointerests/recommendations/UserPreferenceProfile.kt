package org.photointerests.recommendations

import org.photointerests.core.PhotoKey

/** A photo in [UserPreferenceProfile]: its [weights] are P_c p_nc / N, by interest and kind. */
internal class PreferencePhoto(
    val key: PhotoKey,
    val features: ByteArray,
    val weights: FloatArray
) {
    val strength = weights.sum()
}

/**
 * What the user's photos say, as `photo_interests/recommendation/item_scores.py` does.
 *
 * [probabilities] are P_c, by interest and then by kind; [factors] how much of it counts: 0 for what
 * is hidden or sensitive, [PINNED_WEIGHT] for what is pinned. [photos] are those that say most of all
 * N.
 */
internal class UserPreferenceProfile(
    val probabilities: FloatArray,
    val factors: FloatArray,
    val photos: List<PreferencePhoto>
)
