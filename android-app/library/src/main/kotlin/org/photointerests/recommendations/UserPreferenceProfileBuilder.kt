package org.photointerests.recommendations

import java.util.PriorityQueue
import org.photointerests.core.ModelCard
import org.photointerests.core.Shown
import org.photointerests.feedback.InterestFeedback
import org.photointerests.insights.interests.InterestRepository

/** How much more what the user asks for counts than what photos alone say. */
internal const val PINNED_WEIGHT = 3f

// Of interests beside kinds, as in Python.
private const val INTEREST_WEIGHT = 0.1f

// RESULTS.md says what fewer would miss.
private const val MAX_PHOTOS = 4096

/** Makes a [UserPreferenceProfile] of the stored photos. */
internal class UserPreferenceProfileBuilder(
    private val interests: InterestRepository,
    private val card: ModelCard,
    private val mostPhotos: Int = MAX_PHOTOS
) {
    /** Null where no photo was read. */
    suspend fun read(feedback: InterestFeedback): UserPreferenceProfile? {
        val all = interests.evidence() ?: return null
        val factors = factors(feedback)
        val strongest = PriorityQueue<PreferencePhoto>(compareBy { it.strength })
        all.forEachPhoto { key, features, onPhoto ->
            val photo = FloatArray(factors.size) {
                factors[it] * weight(it) * all.probabilities[it] * onPhoto[it] / all.photos
            }
            strongest.add(PreferencePhoto(key, features, photo))
            if (strongest.size > mostPhotos) strongest.poll()
        }
        val photos = strongest.sortedBy { it.key.toString() }
        return UserPreferenceProfile(all.probabilities, factors, photos)
    }

    private fun weight(place: Int): Float =
        if (place < card.interests.size && card.kinds.isNotEmpty()) INTEREST_WEIGHT else 1f

    /** Of interests and then of kinds: a kind follows those that it counts for most. */
    private fun factors(feedback: InterestFeedback): FloatArray {
        val ofInterests = card.interests.associate { it.id to factor(it.shown, it.id, feedback) }
        val ofKinds = card.kinds.map { kind ->
            val main = kind.mainInterests.map { ofInterests.getValue(it) }
            if (0f in main) 0f else main.maxOrNull() ?: 1f
        }
        return (ofInterests.values + ofKinds).toFloatArray()
    }

    /** Sensitive interests, and what is evidence alone, are no reason for a product. */
    private fun factor(shown: Shown, id: String, feedback: InterestFeedback): Float = when {
        shown != Shown.ALWAYS || id in feedback.hidden -> 0f
        id in feedback.pinned -> PINNED_WEIGHT
        else -> 1f
    }
}
