package org.photointerests.ui

import android.net.Uri
import androidx.navigation.NavBackStackEntry
import java.time.YearMonth
import java.time.format.DateTimeParseException
import org.photointerests.core.PhotoKey
import org.photointerests.insights.interests.Period
import org.photointerests.ui.designsystem.name

/** Addresses of the screens that the navigation bar does not lead to. */
internal object Routes {
    const val INTEREST = "interest/{category}/{period}"
    const val PHOTO = "photo/{volume}/{id}"
    const val PRIVACY = "privacy"
    const val ALBUMS = "albums"
    const val LICENCES = "licences"
    private const val ALL = "all"
    private const val YEAR = "year"

    fun interest(category: String, period: Period): String =
        "interest/${Uri.encode(category)}/${name(period)}"

    fun photo(key: PhotoKey): String = "photo/${Uri.encode(key.volume)}/${key.id}"

    /** The arguments of [INTEREST]; null for some that name no interest or period. */
    fun interestOf(entry: NavBackStackEntry): Pair<String, Period>? {
        val category = entry.arguments?.getString("category") ?: return null
        val period = entry.arguments?.getString("period")?.let(::periodOf) ?: return null
        return category to period
    }

    /** The argument of [PHOTO]; null for one that names no photo. */
    fun photoOf(entry: NavBackStackEntry): PhotoKey? {
        val volume = entry.arguments?.getString("volume") ?: return null
        val id = entry.arguments?.getString("id")?.toLongOrNull() ?: return null
        return PhotoKey(volume, id)
    }

    /** Null for what no [name] gives. */
    fun periodOf(name: String): Period? = when (name) {
        ALL -> Period.All
        YEAR -> Period.LastYear
        else -> try {
            Period.Month(YearMonth.parse(name))
        } catch (_: DateTimeParseException) {
            null
        }
    }

    fun name(period: Period): String = when (period) {
        Period.All -> ALL
        Period.LastYear -> YEAR
        is Period.Month -> "${period.month}"
    }
}
