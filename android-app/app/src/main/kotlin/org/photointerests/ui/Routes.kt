package org.photointerests.ui

import android.net.Uri
import java.time.YearMonth
import org.photointerests.gallery.PhotoKey
import org.photointerests.interests.Period

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

    fun period(name: String): Period = when (name) {
        ALL -> Period.All
        YEAR -> Period.LastYear
        else -> Period.Month(YearMonth.parse(name))
    }

    fun name(period: Period): String = when (period) {
        Period.All -> ALL
        Period.LastYear -> YEAR
        is Period.Month -> "${period.month}"
    }
}
