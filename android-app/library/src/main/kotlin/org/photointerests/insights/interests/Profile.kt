package org.photointerests.insights.interests

import java.time.YearMonth
import org.photointerests.core.Area
import org.photointerests.core.Category
import org.photointerests.core.Kind
import org.photointerests.core.PhotoKey

/** Which photos a profile is computed from. */
sealed interface Period {
    data object All : Period

    /** The last twelve months, this one included. */
    data object LastYear : Period

    data class Month(val month: YearMonth) : Period
}

/** How much of an interest there is: [photos] photos show it, of [months] different months. */
data class Strength(val photos: Int, val months: Int)

/** How the photos of an interest are listed: the clearest or the newest first. */
enum class PhotoOrder { LIKENESS, DATE }

/** How many photos of a month show an interest. */
data class MonthlyPhotos(val month: YearMonth, val photos: Int)

/** A photo that contributed to an interest; all photos' shares in it add up to 1. */
data class PhotoShare(val key: PhotoKey, val share: Float)

/**
 * An interest with photos that show it, the clearest first; with none such, those that come closest.
 *
 * Interests are listed by [order], the largest first: the expected number of events that show it, or
 * its probability in bundles of format 1. [pinned] is the user's choice, and no part of it.
 */
data class Interest(
    val category: Category,
    val area: Area,
    val probability: Float,
    val order: Float,
    val strength: Strength,
    val photos: List<PhotoKey>,
    val pinned: Boolean = false
)

/** The interests of [photos] photos: pinned ones first, then by [Interest.order]. */
data class Profile(val photos: Int, val interests: List<Interest>)

/**
 * The interests of one month with [photos] photos, and some of these: [covers], at most five, of
 * different interests where there are.
 */
data class MonthProfile(
    val month: YearMonth,
    val photos: Int,
    val interests: List<MonthInterest>,
    val covers: List<PhotoKey> = emptyList(),
    val trends: Trends = Trends()
)

/** What a month shows much more, or much less often than the twelve months before it. */
data class Trends(
    val rising: List<Category> = emptyList(),
    val falling: List<Category> = emptyList()
)

/** An interest of a month, which [photos] of its photos show. */
data class MonthInterest(val category: Category, val probability: Float, val photos: Int)

/** Something that was found, and how probable it is. */
data class Finding(val category: Category, val probability: Float)

/** A kind that was found, such as a breed or a dish, and how probable it is. */
data class FoundKind(val kind: Kind, val probability: Float)

/**
 * What is on one photo; empty where there is nothing of interest. [kinds] are those that it surely
 * shows.
 *
 * [utcOffsetS] is that of the time zone that its month is of; null for that of the phone.
 */
data class PhotoFindings(
    val key: PhotoKey,
    val takenAtMs: Long,
    val utcOffsetS: Int?,
    val findings: List<Finding>,
    val kinds: List<FoundKind> = emptyList()
)
