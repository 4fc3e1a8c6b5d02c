package org.photointerests.ui

import android.net.Uri
import androidx.navigation.NavBackStackEntry
import java.time.YearMonth
import java.time.format.DateTimeParseException
import org.photointerests.core.PhotoKey
import org.photointerests.insights.interests.Period
import org.photointerests.pipeline.analysis.places.PlaceChoice

/**
 * A photo, and those to swipe through: of the interest at a place in the card, of a search, of a
 * town or country, or of a person.
 */
internal data class PhotoRoute(
    val photo: PhotoKey,
    val interest: Int? = null,
    val query: String? = null,
    val place: PlaceChoice? = null,
    val person: Long? = null
)

/** Addresses of the screens that the navigation bar does not lead to. */
internal object Routes {
    const val INTEREST = "interest/{category}/{period}"
    const val MONTH = "month/{month}"
    const val PHOTO = "photo/{volume}/{id}" +
        "?interest={interest}&query={query}&place={place}&person={person}"
    const val SEARCH = "search?query={query}"
    const val SCAN = "scan"
    const val SETTINGS = "settings"
    const val ADVANCED = "advanced"
    const val HELP = "help"
    const val SUGGESTIONS = "suggestions"
    const val SHARE_CARD = "share-card"
    const val TRANSFER = "transfer"
    const val PRIVACY = "privacy"
    const val ALBUMS = "albums"
    const val LICENCES = "licences"
    const val ANALYZERS = "analyzers"
    const val PLACES = "places"
    const val PLACE = "place/{place}"
    const val PEOPLE = "people"
    const val PEOPLE_CONSENT = "people-consent"
    const val PERSON = "person/{person}"
    const val SAME_PERSON = "person/{person}/same"
    private const val ALL = "all"
    private const val YEAR = "year"
    private val COUNTRY = Regex("[A-Z]{2}")

    fun interest(category: String, period: Period): String =
        "interest/${Uri.encode(category)}/${name(period)}"

    fun month(month: YearMonth): String = "month/$month"

    /** A photo; [interest] is the place in the card of the interest to swipe through. */
    fun photo(key: PhotoKey, interest: Int? = null): String {
        val photo = "photo/${Uri.encode(key.volume)}/${key.id}"
        return if (interest == null) photo else "$photo?interest=$interest"
    }

    /** A search for some words. */
    fun search(query: String = ""): String = "search?query=${Uri.encode(query)}"

    /** A photo among those that a search finds. */
    fun photo(key: PhotoKey, query: String): String = "${photo(key)}?query=${Uri.encode(query)}"

    /** The photos of a town or a country. */
    fun place(choice: PlaceChoice): String = "place/${name(choice)}"

    /** A photo among those of a town or a country. */
    fun photo(key: PhotoKey, place: PlaceChoice): String = "${photo(key)}?place=${name(place)}"

    /** The photos of a person, by the number of the group. */
    fun person(id: Long): String = "person/$id"

    /** The people that a person can be the same as. */
    fun samePerson(id: Long): String = "person/$id/same"

    /** A photo among those of a person. */
    fun photoOfPerson(key: PhotoKey, person: Long): String = "${photo(key)}?person=$person"

    /** The argument of [PERSON]; null for one that is no number. */
    fun personOf(entry: NavBackStackEntry): Long? =
        entry.arguments?.getString("person")?.toLongOrNull()

    private fun name(choice: PlaceChoice): String = when (choice) {
        is PlaceChoice.Town -> "${choice.id}"
        is PlaceChoice.Country -> choice.code
    }

    /** The argument of [PLACE]; null for one that names no place. */
    fun placeOf(entry: NavBackStackEntry): PlaceChoice? {
        val place = entry.arguments?.getString("place") ?: return null
        val town = place.toIntOrNull()?.let { PlaceChoice.Town(it) }
        return town ?: place.takeIf(COUNTRY::matches)?.let { PlaceChoice.Country(it) }
    }

    /** The arguments of [INTEREST]; null for some that name no interest or period. */
    fun interestOf(entry: NavBackStackEntry): Pair<String, Period>? {
        val category = entry.arguments?.getString("category") ?: return null
        val period = entry.arguments?.getString("period")?.let(::periodOf) ?: return null
        return category to period
    }

    /** The argument of [MONTH]; null for one that names no month. */
    fun monthOf(entry: NavBackStackEntry): YearMonth? =
        entry.arguments?.getString("month")?.let { (periodOf(it) as? Period.Month)?.month }

    /** The arguments of [PHOTO]; null for some that name no photo. */
    fun photoOf(entry: NavBackStackEntry): PhotoRoute? {
        val volume = entry.arguments?.getString("volume") ?: return null
        val id = entry.arguments?.getString("id")?.toLongOrNull() ?: return null
        val interest = entry.arguments?.getString("interest")?.toIntOrNull()
        val query = entry.arguments?.getString("query")
        val photo = PhotoKey(volume, id)
        return PhotoRoute(photo, interest, query, placeOf(entry), personOf(entry))
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
