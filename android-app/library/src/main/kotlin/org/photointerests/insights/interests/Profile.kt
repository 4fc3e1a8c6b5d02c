package org.photointerests.insights.interests

import java.time.YearMonth
import org.photointerests.core.Area
import org.photointerests.core.Category
import org.photointerests.core.PhotoKey

/** Which photos a profile is computed from. */
sealed interface Period {
    data object All : Period

    /** The last twelve months, this one included. */
    data object LastYear : Period

    data class Month(val month: YearMonth) : Period
}

/** A photo behind an interest; all photos' shares in it add up to 1. */
data class PhotoShare(val key: PhotoKey, val share: Float)

/**
 * An interest with the photos that contributed, those of the largest shares first.
 *
 * [pinned] is the user's own word, and no part of [probability].
 */
data class Interest(
    val category: Category,
    val area: Area,
    val probability: Float,
    val photos: List<PhotoShare>,
    val pinned: Boolean = false
)

/** The interests of [photos] photos: pinned ones first, then the most probable. */
data class Profile(val photos: Int, val interests: List<Interest>)

/** The interests of one month, without the photos. */
data class MonthProfile(val month: YearMonth, val photos: Int, val interests: List<Finding>)

/** Something that was found, and how probable it is. */
data class Finding(val category: Category, val probability: Float)

/**
 * What is on one photo; empty where there is nothing of interest.
 *
 * [utcOffsetS] is that of the time zone that its month is of; null for that of the phone.
 */
data class PhotoFindings(
    val key: PhotoKey,
    val takenAtMs: Long,
    val utcOffsetS: Int?,
    val findings: List<Finding>
)
