package org.photointerests.pipeline.analysis.places

import java.time.LocalDate
import org.photointerests.core.AnalyzerCard
import org.photointerests.core.PhotoKey
import org.photointerests.insights.trips.DayInPlace
import org.photointerests.insights.trips.Trip
import org.photointerests.insights.trips.findTrips
import org.photointerests.pipeline.media.GeoLocation

/** A town that photos were taken in, with its names and those of its country by language. */
data class Place(
    val id: Int,
    val names: Map<String, String>,
    val country: String,
    val countryNames: Map<String, String>
) {
    /** "Madrid, Spain"; a city that is a country is named once. */
    fun title(language: String): String =
        listOf(names.of(language), countryNames.of(language)).distinct().joinToString()
}

/** A place, and how many photos were taken there. */
class PlacePhotos(val place: Place, val photos: Int)

/** Reads the places of photos. */
class PhotoPlaces(private val rows: PlaceDao, private val card: AnalyzerCard) {
    /** Names the list of places: what is of different ones is never mixed. */
    internal val version get() = card.contentVersion

    /** Where a photo was taken; null where that is not known, or far from any place. */
    suspend fun place(key: PhotoKey): Place? = rows.place(version, key.volume, key.id)?.let {
        Place(it.place, it.names.namesByLanguage(), it.country, it.countryNames.namesByLanguage())
    }

    /** All places with photos, those of most photos first. */
    suspend fun all(): List<PlacePhotos> = rows.counts(version).map {
        val place = Place(
            it.place,
            it.names.namesByLanguage(),
            it.country,
            it.countryNames.namesByLanguage()
        )
        PlacePhotos(place, it.photos)
    }

    /** Days away from home, the earliest first; home is in none. */
    suspend fun trips(): List<Trip> = findTrips(
        rows.days(version).map {
            DayInPlace(
                LocalDate.ofEpochDay(it.day),
                Place(
                    it.place,
                    it.names.namesByLanguage(),
                    it.country,
                    it.countryNames.namesByLanguage()
                ),
                GeoLocation(it.latitude.toDouble(), it.longitude.toDouble()),
                it.photos
            )
        }
    )

    /** Items of the photos of some places, by the id of the place. */
    internal suspend fun items(places: List<Int>) = rows.ofPlaces(version, places)
}

private fun Map<String, String>.of(language: String) = this[language] ?: getValue("en")
