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
    SUGGESTIONS("suggestions", R.string.nav_suggestions, R.drawable.ic_suggestions),
    SCAN("scan", R.string.nav_scan, R.drawable.ic_scan),
    SETTINGS("settings", R.string.nav_settings, R.drawable.ic_settings)
}
