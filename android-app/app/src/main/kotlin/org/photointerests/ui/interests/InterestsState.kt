package org.photointerests.ui.interests

import java.time.YearMonth
import org.photointerests.core.Area
import org.photointerests.insights.interests.Interest
import org.photointerests.insights.interests.Period
import org.photointerests.pipeline.media.PhotoAccess
import org.photointerests.pipeline.scan.ScanState

/** What the screen of interests shows. */
sealed interface InterestsState {
    data object Loading : InterestsState

    /** The app may see no photo, and none was read before. */
    data object NoAccess : InterestsState

    /** Nothing was read yet. */
    data class Unread(val scan: ScanState) : InterestsState

    /** What [photos] photos say; [areas] is empty where they say nothing. */
    data class Shown(
        val access: PhotoAccess,
        val photos: Int,
        val period: Period,
        val months: List<YearMonth>,
        val areas: List<AreaInterests>,
        val kindsKnown: Int,
        val areasKnown: List<Area>,
        val scan: ScanState
    ) : InterestsState {
        /** The pinned interests and then the strongest ones, over all areas. */
        fun top(count: Int): List<Interest> = areas.flatMap { it.interests }
            .sortedWith(
                compareByDescending<Interest> {
                    it.pinned
                }.thenByDescending { it.order }
            )
            .take(count)
    }
}

/** Interests of an area: pinned ones first, then the strongest. */
data class AreaInterests(val area: Area, val interests: List<Interest>)

/** Groups interests by area, in the order of each area's first one. */
fun List<Interest>.byArea(): List<AreaInterests> =
    groupBy { it.area }.map { (area, interests) -> AreaInterests(area, interests) }
