package org.photointerests.ui

import androidx.annotation.DrawableRes
import androidx.annotation.StringRes
import org.photointerests.R

/** The screens that the navigation bar leads to. */
internal enum class TopLevelDestination(
    val route: String,
    @StringRes val title: Int,
    @DrawableRes val icon: Int
) {
    INTERESTS("interests", R.string.nav_interests, R.drawable.ic_interests),
    TIMELINE("timeline", R.string.nav_timeline, R.drawable.ic_timeline),
    LIBRARY("library", R.string.nav_library, R.drawable.ic_library)
}
