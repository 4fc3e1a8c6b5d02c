package org.photointerests.recommendations

import java.util.PriorityQueue
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import org.photointerests.core.ModelCard
import org.photointerests.feedback.InterestFeedback
import org.photointerests.insights.interests.InterestRepository

private const val PHOTOS = 3

// Room for rounding: a product that ties with the last one listed is still looked at.
private const val SLACK = 1 + 1e-9

/** What a catalogue has for the user; [items] is how many products it has in all. */
class Recommendations(val items: Int, val best: List<Recommendation>)

/** Ranks the products on the catalogueStore by the stored photos, as Python's `recommend` does. */
class Recommender(
    private val catalogueStore: CatalogueStore,
    interests: InterestRepository,
    private val card: ModelCard,
    private val dispatcher: CoroutineDispatcher = Dispatchers.Default
) {
    private val tastes = UserPreferenceProfileBuilder(interests, card)

    /**
     * The [top] best products, best first; of equal ones the one further up in the catalogue.
     *
     * Null without a catalogue; none where no photo was read. Throws [CatalogueException].
     */
    suspend fun recommend(feedback: InterestFeedback, top: Int): Recommendations? =
        withContext(dispatcher) {
            val taste = tastes.read(feedback)
            catalogueStore.read { catalogue ->
                val best = if (taste == null) emptyList() else best(catalogue, taste, feedback, top)
                Recommendations(catalogue.items, best)
            }
        }

    private fun best(
        catalogue: Catalogue,
        taste: UserPreferenceProfile,
        feedback: InterestFeedback,
        top: Int
    ): List<Recommendation> {
        val scores = ItemScores(taste)
        val found = ranked(catalogue, scores, top)
        val most = found.firstOrNull()?.score ?: 0.0
        return found.map { it.recommendation(catalogue, scores, taste, feedback, most) }
    }

    /** Skips what cannot be among the best, without a look at its features. */
    private fun ranked(catalogue: Catalogue, scores: ItemScores, top: Int): List<Scored> {
        val best = PriorityQueue(compareBy<Scored> { it.score }.thenByDescending { it.row })
        catalogue.forEachItem { row, item, features ->
            val least = if (best.size < top) -1.0 else best.peek()!!.score
            if (scores.bound(item) * SLACK > least) {
                val score = scores.score(item, features)
                if (best.size < top || score > least) {
                    best.add(Scored(row, item, features.copyOf(), score))
                    if (best.size > top) best.poll()
                }
            }
        }
        return best.sortedWith(compareByDescending<Scored> { it.score }.thenBy { it.row })
    }

    private class Scored(val row: Int, val item: Item, val features: ByteArray, val score: Double)

    private fun Scored.recommendation(
        catalogue: Catalogue,
        scores: ItemScores,
        taste: UserPreferenceProfile,
        feedback: InterestFeedback,
        most: Double
    ): Recommendation {
        val reason = scores.reason(item, features, PHOTOS)
        val interest = card.categories[reason.interest]
        val probability = taste.probabilities[reason.interest]
        val suits = interest.id in feedback.pinned || probability >= card.thresholds.interest
        return Recommendation(
            row,
            item.id,
            item.title,
            item.webLink(),
            score,
            if (most > 0) score / most else 0.0,
            interest,
            probability,
            reason.photos.map { it.key },
            suits && interest.id !in feedback.hidden,
            item.thumbnail?.let { catalogue.thumbnail(row) }
        )
    }
}
