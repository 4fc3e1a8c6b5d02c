package org.photointerests.recommendations

import java.util.PriorityQueue
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import org.photointerests.core.ModelCard
import org.photointerests.feedback.InterestFeedback
import org.photointerests.feedback.RejectedProduct
import org.photointerests.insights.interests.InterestRepository

private const val PHOTOS = 3
private const val ITEMS_AT_ONCE = 64

// Room for rounding: a product that ties with the last one listed is still looked at.
private const val SLACK = 1 + 1e-9

/** What a catalogue of [origin] has for the user; [items] is how many products it has in all. */
class Recommendations(
    val items: Int,
    val best: List<Recommendation>,
    val origin: CatalogueOrigin = CatalogueOrigin()
)

/** Ranks the products of the [catalogueStore] by the stored photos, as Python's `recommend` does. */
class Recommender(
    private val catalogueStore: CatalogueStore,
    private val interests: InterestRepository,
    private val card: ModelCard,
    private val dispatcher: CoroutineDispatcher = Dispatchers.Default
) {
    private val tastes = UserPreferenceProfileBuilder(interests, card)

    /**
     * The [top] best products, best first; of equal ones the one further up in the catalogue.
     *
     * The [rejected] ones are omitted. Null without a catalogue; none where no photo was read.
     * Throws [CatalogueException].
     */
    suspend fun recommend(
        feedback: InterestFeedback,
        top: Int,
        rejected: Set<RejectedProduct> = emptySet()
    ): Recommendations? = withContext(dispatcher) {
        if (catalogueStore.isEmpty) return@withContext null
        val taste = tastes.read(feedback)
        catalogueStore.read { catalogue ->
            val best = if (taste == null) emptyList() else best(catalogue, taste, top, rejected)
            Recommendations(catalogue.items, best, catalogue.origin)
        }
    }

    private fun best(
        catalogue: Catalogue,
        taste: UserPreferenceProfile,
        top: Int,
        rejected: Set<RejectedProduct>
    ): List<Recommendation> {
        val scores = ItemScores(taste)
        val publisher = catalogue.origin.publisher
        val ids = rejected.filter { it.publisher == publisher }.map { it.product }.toSet()
        val found = ranked(catalogue, scores, top, ids)
        val most = found.firstOrNull()?.score ?: 0.0
        return found.map { it.recommendation(catalogue, scores, taste, most) }
    }

    /** Skips what cannot be among the best, without a comparison with each photo. */
    private fun ranked(
        catalogue: Catalogue,
        scores: ItemScores,
        top: Int,
        rejected: Set<String>
    ): List<Scored> {
        val best = PriorityQueue(compareBy<Scored> { it.score }.thenByDescending { it.row })
        forEachContents(catalogue, scores) { row, item, contents, features ->
            val least = if (best.size < top) -1.0 else best.peek()!!.score
            if (item.id !in rejected && scores.bound(contents) * SLACK > least) {
                val score = scores.score(contents, features)
                if (best.size < top || score > least) {
                    best.add(Scored(row, item, contents, features, score))
                    if (best.size > top) best.poll()
                }
            }
        }
        return best.sortedWith(compareByDescending<Scored> { it.score }.thenBy { it.row })
    }

    /** Goes through the products, some at a time: a catalogue has no kinds, the model finds them. */
    private fun forEachContents(
        catalogue: Catalogue,
        scores: ItemScores,
        action: (row: Int, item: Item, contents: ItemContents, features: ByteArray) -> Unit
    ) {
        val waiting = mutableListOf<Triple<Int, Item, ByteArray>>()
        val firstKind = card.interests.size
        fun flush() {
            val onPictures = if (card.kinds.isEmpty()) {
                null
            } else {
                interests.onPictures(Array(waiting.size) { waiting[it].third })
            }
            waiting.forEachIndexed { index, (row, item, features) ->
                val all = onPictures?.get(index) ?: FloatArray(firstKind)
                val kinds = all.copyOfRange(firstKind, all.size)
                action(row, item, scores.contents(item, kinds), features)
            }
            waiting.clear()
        }
        catalogue.forEachItem { row, item, features ->
            waiting += Triple(row, item, features.copyOf())
            if (waiting.size == ITEMS_AT_ONCE) flush()
        }
        if (waiting.isNotEmpty()) flush()
    }

    private class Scored(
        val row: Int,
        val item: Item,
        val contents: ItemContents,
        val features: ByteArray,
        val score: Double
    )

    private fun Scored.recommendation(
        catalogue: Catalogue,
        scores: ItemScores,
        taste: UserPreferenceProfile,
        most: Double
    ): Recommendation {
        val reason = scores.reason(contents, features, PHOTOS)
        val place = reason.interest
        val kind = card.kinds.getOrNull(place - card.interests.size)
        val threshold =
            if (kind == null) card.thresholds.interest else checkNotNull(card.thresholds.kind)
        val factor = taste.factors[place]
        val probability = taste.probabilities[place]
        val suits = factor > 0 && (factor == PINNED_WEIGHT || probability >= threshold)
        return Recommendation(
            row,
            item.id,
            item.title,
            item.webLink(),
            score,
            if (most > 0) score / most else 0.0,
            kind ?: card.interests[place],
            probability,
            reason.photos.map { it.key },
            suits,
            item.thumbnail?.let { catalogue.thumbnail(row) }
        )
    }
}
