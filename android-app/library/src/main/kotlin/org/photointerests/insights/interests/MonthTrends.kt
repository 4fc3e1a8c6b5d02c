package org.photointerests.insights.interests

import org.photointerests.core.Category
import org.photointerests.core.ModelCard

private const val MONTHS_BEFORE = 12
private const val MIN_MONTHS = 3
private const val MIN_PHOTOS = 3
private const val FACTOR = 2f
private const val MAX_TRENDS = 2

/** What months show more or less often than the year before them. */
internal class MonthTrends(private val card: ModelCard) {
    /** The trends of one of [all] months among the interests that are [seen] and not [hidden]. */
    fun of(
        month: CountedMonth,
        all: List<CountedMonth>,
        seen: Set<Category>,
        hidden: Set<String>
    ): Trends {
        val (rising, falling) = trends(month, all)
        fun shown(places: List<Int>) = places.map { card.interests[it] }
            .filter { it in seen && it.id !in hidden }
        return Trends(shown(rising), shown(falling))
    }
}

/**
 * Places in the card of the interests that rise, and of those that fall, in a month against the
 * twelve months [before] it; none where fewer than three of these have photos.
 *
 * One rises where its photos are at least three, and more than twice what its share in the months
 * before lets expect, and falls where they are less than half of at least three.
 */
internal fun trends(month: CountedMonth, before: List<CountedMonth>): Pair<List<Int>, List<Int>> {
    val year = before.filter { month.month - it.month in 1..MONTHS_BEFORE }
    if (year.size < MIN_MONTHS) return emptyList<Int>() to emptyList()
    val scale = month.photos.toFloat() / year.sumOf { it.photos }
    val interests = (year.flatMap { it.ofInterests.keys } + month.ofInterests.keys).distinct()
    val found = interests.map { interest ->
        val expected = scale * year.sumOf { it.ofInterests[interest] ?: 0 }
        Trend(interest, month.ofInterests[interest] ?: 0, expected)
    }
    val rising = found.filter { it.rises }.sortedByDescending { it.ratio }
    val falling = found.filter { it.falls }.sortedBy { it.ratio }
    return rising.take(MAX_TRENDS).map { it.interest } to
        falling.take(MAX_TRENDS).map { it.interest }
}

private class Trend(val interest: Int, private val photos: Int, private val expected: Float) {
    // One more of each: a few photos of what was never seen are no infinity.
    val ratio = (photos + 1) / (expected + 1)
    val rises = photos >= MIN_PHOTOS && photos > FACTOR * expected
    val falls = expected >= MIN_PHOTOS && photos * FACTOR < expected
}
