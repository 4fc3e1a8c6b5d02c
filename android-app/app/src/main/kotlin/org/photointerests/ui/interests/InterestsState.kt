package org.photointerests.ui.interests

import org.photointerests.core.Area
import org.photointerests.insights.interests.Interest
import org.photointerests.pipeline.media.PhotoAccess

private const val TOP = 8

/** What the screen of interests shows; how the scan stands is no part of it. */
sealed interface InterestsState {
    data object Loading : InterestsState

    /** The app may see no photo, and none was read before. */
    data object NoAccess : InterestsState

    /** The user has not said yet what to scan, and when. */
    data object SetUp : InterestsState

    /** Nothing was read yet. */
    data object Unread : InterestsState

    /**
     * What [photos] photos say: [interests] with the pinned and then the strongest ones first, and
     * those of this month, [thisMonth].
     */
    data class Shown(
        val access: PhotoAccess,
        val photos: Int,
        val interests: List<Interest>,
        val thisMonth: List<MonthlyInterest>,
        val kindsKnown: Int,
        val areasKnown: List<Area>
    ) : InterestsState {
        /** Those that are always in sight. */
        val top: List<Interest> = interests.take(TOP)

        /** The others, which are folded away by area. */
        val more: List<AreaInterests> = interests.drop(TOP).byArea()
    }
}

/** An interest of this month's photos; [isFirst] where no photo before this month shows it. */
data class MonthlyInterest(val interest: Interest, val isFirst: Boolean)

/** Interests of an area, the strongest first. */
data class AreaInterests(val area: Area, val interests: List<Interest>)

/** Groups interests by area, in the order of each area's first one. */
fun List<Interest>.byArea(): List<AreaInterests> =
    groupBy { it.area }.map { (area, interests) -> AreaInterests(area, interests) }
