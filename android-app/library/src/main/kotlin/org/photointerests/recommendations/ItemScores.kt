package org.photointerests.recommendations

import kotlin.math.exp
import kotlin.math.sqrt

// t and e of `photo_interests/recommendation/item_scores.py`, which says where they come from.
private const val SHARPNESS = 8.0
private const val PRIOR = 0.001

// Photos that agree with a product so much less than the mean are not compared with it: together
// they change its score by less than this part of its bound.
private const val NEGLIGIBLE = 0.01

/** Why a product suits: an interest, and photos, the first most; none where nothing is known of it. */
internal class Reason(val interest: Int, val photos: List<PreferencePhoto>)

// Kinds that contribute less than this part of what all do are not compared with those of photos.
private const val NEGLIGIBLE_KIND = 3e-5

/**
 * What is on a product's picture: [places] of interests and kinds in [UserPreferenceProfile], with
 * their [probabilities]; [sum] is that of all probabilities, small ones included.
 */
internal class ItemContents(val places: IntArray, val probabilities: FloatArray, val sum: Double)

/** How well products suit a [taste], as `photo_interests/recommendation/item_scores.py` says. */
internal class ItemScores(private val taste: UserPreferenceProfile) {
    private val interests = taste.probabilities.size
    private val totals = FloatArray(interests).also { sums ->
        for (photo in taste.photos) photo.weights.forEachIndexed { c, weight -> sums[c] += weight }
    }
    private val lengths = taste.photos.map { sqrt(dot(it.features, it.features).toDouble()) }

    /** The interests that a catalogue has of an item, and the [kinds] that matter for the score. */
    fun contents(item: Item, kinds: FloatArray): ItemContents {
        val firstKind = interests - kinds.size
        val places = item.interests.map { it[0].toInt() }
        val chances = item.interests.map { it[1] }
        val ofInterests = places.indices.sumOf { chances[it].toDouble() * totals[places[it]] }
        val ofKinds = kinds.indices.sumOf { kinds[it].toDouble() * totals[firstKind + it] }
        val least = NEGLIGIBLE_KIND * (ofInterests + ofKinds)
        val found = kinds.indices.filter { kinds[it].toDouble() * totals[firstKind + it] > least }
        return ItemContents(
            (places + found.map { firstKind + it }).toIntArray(),
            (chances + found.map { kinds[it] }).toFloatArray(),
            chances.sumOf { it.toDouble() } + kinds.sumOf { it.toDouble() }
        )
    }

    /** What no product of these interests scores above: that of one that looks like all photos. */
    fun bound(item: ItemContents): Double = prior(item) + agreement(item, totals)

    fun score(item: ItemContents, features: ByteArray): Double {
        val length = sqrt(dot(features, features).toDouble())
        val least = NEGLIGIBLE * agreement(item, totals) / taste.photos.size
        var sum = prior(item)
        taste.photos.forEachIndexed { n, photo ->
            val agreement = agreement(item, photo.weights)
            if (agreement > least) sum += agreement * likeness(n, features, length)
        }
        return sum
    }

    /** The reason for a product, with at most [mostPhotos] photos. */
    fun reason(item: ItemContents, features: ByteArray, mostPhotos: Int): Reason {
        val length = sqrt(dot(features, features).toDouble())
        val likeness = taste.photos.indices.map { likeness(it, features, length) }
        val byInterest = item.places.mapIndexed { index, c ->
            c to
                item.probabilities[index] *
                taste.photos.indices.sumOf { taste.photos[it].weights[c] * likeness[it] }
        }
        val interest = byInterest.maxByOrNull { it.second }?.first
            ?: return Reason(interest = 0, photos = emptyList())
        val ranked = taste.photos.indices
            .sortedByDescending { taste.photos[it].weights[interest] * likeness[it] }
        return Reason(interest, ranked.take(mostPhotos).map { taste.photos[it] })
    }

    private fun prior(item: ItemContents): Double = PRIOR * item.sum / interests

    private fun agreement(item: ItemContents, weights: FloatArray): Double {
        var sum = 0.0
        for (index in item.places.indices) {
            sum += item.probabilities[index].toDouble() * weights[item.places[index]]
        }
        return sum
    }

    /** 1 for pictures that look the same, near 0 for others. */
    private fun likeness(photo: Int, features: ByteArray, length: Double): Double {
        val lengths = lengths[photo] * length
        val cosine = if (lengths > 0) dot(taste.photos[photo].features, features) / lengths else 0.0
        return exp(SHARPNESS * (cosine - 1))
    }
}

/** Of stored features, which are unsigned. */
private fun dot(a: ByteArray, b: ByteArray): Long {
    var sum = 0L
    for (index in a.indices) sum += (a[index].toInt() and 255) * (b[index].toInt() and 255)
    return sum
}
