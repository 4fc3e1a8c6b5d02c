package org.photointerests.interests

import java.time.YearMonth
import org.photointerests.gallery.PhotoKey
import org.photointerests.model.Area
import org.photointerests.model.Category

/** Which photos a profile is made of. */
sealed interface Period {
    data object All : Period

    /** The last twelve months, this one included. */
    data object LastYear : Period

    data class Month(val month: YearMonth) : Period
}

/** A photo behind an interest; all photos' shares in it add up to 1. */
data class PhotoShare(val key: PhotoKey, val share: Float)

/**
 * An interest with the photos behind it, those of the largest shares first.
 *
 * [wanted] is the user's own word, and no part of [probability].
 */
data class Interest(
    val category: Category,
    val area: Area,
    val probability: Float,
    val photos: List<PhotoShare>,
    val wanted: Boolean = false
)

/** The interests that [photos] photos speak for: wanted ones first, then the most probable. */
data class Profile(val photos: Int, val interests: List<Interest>)

/** What one month's photos speak for, without the photos. */
data class MonthProfile(val month: YearMonth, val photos: Int, val interests: List<Finding>)

/** Something that was found, and how probable it is. */
data class Finding(val category: Category, val probability: Float)

/** What is on one photo; empty where there is nothing of interest. */
data class PhotoFindings(val key: PhotoKey, val takenAtMs: Long, val findings: List<Finding>)
