package org.photointerests.recommendations

import java.util.PriorityQueue
import org.photointerests.interests.InterestReader
import org.photointerests.interests.UserWords
import org.photointerests.model.ModelCard

/** How much more what the user asks for counts than what photos alone say. */
internal const val WANTED_WEIGHT = 3f

// RESULTS.md tells what fewer would miss.
private const val MOST_PHOTOS = 4096

/** Makes a [Taste] of the stored photos. */
internal class TasteReader(
    private val interests: InterestReader,
    private val card: ModelCard,
    private val mostPhotos: Int = MOST_PHOTOS
) {
    /** Null where no photo was read. */
    suspend fun read(words: UserWords): Taste? {
        val all = interests.evidence() ?: return null
        val weights = weights(all.probabilities, words)
        val strongest = PriorityQueue<TastePhoto>(compareBy { it.strength })
        all.forEachPhoto { key, features, onPhoto ->
            val photo = FloatArray(weights.size) { weights[it] * onPhoto[it] / all.photos }
            strongest.add(TastePhoto(key, features, photo))
            if (strongest.size > mostPhotos) strongest.poll()
        }
        return Taste(all.probabilities, strongest.sortedBy { it.key.toString() })
    }

    private fun weights(probabilities: FloatArray, words: UserWords) =
        FloatArray(probabilities.size) {
            when (card.categories[it].id) {
                in words.hidden -> 0f
                in words.wanted -> probabilities[it] * WANTED_WEIGHT
                else -> probabilities[it]
            }
        }
}
