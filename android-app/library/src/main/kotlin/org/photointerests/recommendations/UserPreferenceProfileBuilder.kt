package org.photointerests.recommendations

import java.util.PriorityQueue
import org.photointerests.core.ModelCard
import org.photointerests.feedback.InterestFeedback
import org.photointerests.insights.interests.InterestRepository

/** How much more what the user asks for counts than what photos alone say. */
internal const val PINNED_WEIGHT = 3f

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
        val weights = weights(all.probabilities, feedback)
        val strongest = PriorityQueue<PreferencePhoto>(compareBy { it.strength })
        all.forEachPhoto { key, features, onPhoto ->
            val photo = FloatArray(weights.size) { weights[it] * onPhoto[it] / all.photos }
            strongest.add(PreferencePhoto(key, features, photo))
            if (strongest.size > mostPhotos) strongest.poll()
        }
        return UserPreferenceProfile(all.probabilities, strongest.sortedBy { it.key.toString() })
    }

    private fun weights(probabilities: FloatArray, feedback: InterestFeedback) =
        FloatArray(probabilities.size) {
            when (card.categories[it].id) {
                in feedback.hidden -> 0f
                in feedback.pinned -> probabilities[it] * PINNED_WEIGHT
                else -> probabilities[it]
            }
        }
}
