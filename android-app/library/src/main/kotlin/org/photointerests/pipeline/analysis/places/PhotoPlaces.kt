package org.photointerests.pipeline.analysis.places

import java.time.LocalDate
import java.util.Locale
import kotlinx.coroutines.flow.Flow
import org.photointerests.core.AnalyzerCard
import org.photointerests.core.PhotoKey
import org.photointerests.insights.trips.DayInPlace
import org.photointerests.insights.trips.Trip
import org.photointerests.insights.trips.findTrips
import org.photointerests.pipeline.media.GeoLocation
import org.photointerests.search.DatedPhoto

// SQLite takes 999 arguments in a query.
private const val AT_ONCE = 900

/** A town that photos were taken in, with its names and those of its country by language. */
data class Place(
    val id: Int,
    val names: Map<String, String>,
    val country: String,
    val countryNames: Map<String, String>
) {
    /** "Madrid, Spain"; a city that is a country is named once. */
    fun title(language: String): String =
        listOf(name(language), countryName(language)).distinct().joinToString()

    /** Its own name in a language, or in English where the list has no other. */
    fun name(language: String): String = names[language] ?: names.getValue("en")

    /** Its country's name, by the system in languages that the list of places lacks. */
    fun countryName(language: String): String = countryNames[language]
        ?: Locale.Builder().setRegion(country).build()
            .getDisplayCountry(Locale.forLanguageTag(language))
            .takeIf { it.isNotEmpty() && it != country }
        ?: countryNames.getValue("en")
}

/** A place, how many photos were taken there, and the newest one where it was asked for. */
data class PlacePhotos(val place: Place, val photos: Int, val cover: PhotoKey? = null)

/** The [towns] of a country that photos were taken in, those of most photos first. */
data class CountryPhotos(val towns: List<PlacePhotos>) {
    /** Any town of it: all have its code and its name. */
    val country get() = towns.first().place
    val photos get() = towns.sumOf { it.photos }
}

/** A town by its index in the list of places, or a whole country by its ISO 3166 code. */
sealed interface PlaceChoice {
    data class Town(val id: Int) : PlaceChoice

    data class Country(val code: String) : PlaceChoice
}

/** Reads the places of photos. */
class PhotoPlaces(private val rows: PlaceDao, private val card: AnalyzerCard) {
    /** Names the list of places: what is of different ones is never mixed. */
    internal val version get() = card.contentVersion

    /** Where a photo was taken; null where that is not known, or far from any place. */
    suspend fun place(key: PhotoKey): Place? = rows.place(version, key.volume, key.id)
        ?.let { named(it.place, it.names, it.country, it.countryNames) }

    /** How many photos have a place, at once and whenever that changes. */
    val counts: Flow<Int> get() = rows.count()

    /** All places with photos, those of most photos first. */
    suspend fun all(): List<PlacePhotos> = rows.counts(version).map { it.withPhotos() }

    /** The same by country, the country of most photos first; each town with its newest photo. */
    suspend fun countries(): List<CountryPhotos> = rows.covers(version)
        .map { it.count.withPhotos(PhotoKey(it.volume, it.mediaId)) }
        .groupBy { it.place.country }.values.map(::CountryPhotos)
        .sortedByDescending { it.photos }

    /** The newest [most] photos of a town or a country, newest first. */
    suspend fun photos(choice: PlaceChoice, most: Int): List<PhotoKey> = ids(choice)
        .chunked(AT_ONCE).flatMap { rows.photos(version, it, most) }
        .sortedWith(compareByDescending<DatedPhoto> { it.takenAtMs }.thenByDescending { it.item })
        .take(most).map { it.key }

    /** A town, or all of a country, those of most photos first. */
    suspend fun towns(choice: PlaceChoice): List<PlacePhotos> =
        countsOf(choice).map { it.withPhotos() }

    private suspend fun ids(choice: PlaceChoice): List<Int> = when (choice) {
        is PlaceChoice.Town -> listOf(choice.id)
        is PlaceChoice.Country -> countsOf(choice).map { it.place }
    }

    private suspend fun countsOf(choice: PlaceChoice) = rows.counts(version).filter {
        when (choice) {
            is PlaceChoice.Town -> it.place == choice.id
            is PlaceChoice.Country -> it.country == choice.code
        }
    }

    /** Days away from home, the earliest first; home is in none. */
    suspend fun trips(): List<Trip> = findTrips(
        rows.days(version).map {
            DayInPlace(
                LocalDate.ofEpochDay(it.day),
                named(it.place, it.names, it.country, it.countryNames),
                GeoLocation(it.latitude.toDouble(), it.longitude.toDouble()),
                it.photos
            )
        }
    )

    /** Items of the photos of some places, by the id of the place. */
    internal suspend fun items(places: List<Int>) =
        places.chunked(AT_ONCE).flatMap { rows.ofPlaces(version, it) }
}

private fun PlaceCount.withPhotos(cover: PhotoKey? = null) =
    PlacePhotos(named(place, names, country, countryNames), photos, cover)

/** The place of a row, whose names are JSON. */
private fun named(place: Int, names: String, country: String, countryNames: String) =
    Place(place, names.namesByLanguage(), country, countryNames.namesByLanguage())
