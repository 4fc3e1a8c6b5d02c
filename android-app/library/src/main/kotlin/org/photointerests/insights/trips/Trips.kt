package org.photointerests.insights.trips

import java.time.LocalDate
import java.time.temporal.ChronoUnit
import org.photointerests.pipeline.analysis.places.Place
import org.photointerests.pipeline.analysis.places.distanceKm
import org.photointerests.pipeline.media.GeoLocation

private const val AWAY_KM = 100.0
private const val MAX_GAP_DAYS = 2
private const val MIN_HOME_DAYS = 3

/** Photos of a day in one place; [at] is the middle of the place. */
class DayInPlace(val day: LocalDate, val place: Place, val at: GeoLocation, val photos: Int)

/** Days in a row away from home, with the [place] of most of their photos. */
data class Trip(val first: LocalDate, val last: LocalDate, val place: Place, val photos: Int)

/**
 * Trips, the earliest first, as Python finds them: days on which all photos are more than 100 km from
 * the place with photos of most days. That place is home: it is used to find trips and is in none.
 * There are none where no place has photos of three days.
 */
fun findTrips(days: List<DayInPlace>): List<Trip> {
    val home = home(days) ?: return emptyList()
    val byDay = days.groupBy { it.day }
    val away = byDay.filterValues { places -> places.all { distanceKm(it.at, home) > AWAY_KM } }
    return runs(away.keys.sorted(), byDay.keys - away.keys).map { trip(it.flatMap(away::getValue)) }
}

private fun home(days: List<DayInPlace>): GeoLocation? {
    val byPlace = days.sortedBy { it.day }.groupBy { it.place.id }.values
    val most = byPlace.maxByOrNull { own -> own.distinctBy { it.day }.size } ?: return null
    return most.first().at.takeIf { most.distinctBy { it.day }.size >= MIN_HOME_DAYS }
}

/** Days that are few days apart, without a day at home between them. */
private fun runs(away: List<LocalDate>, atHome: Set<LocalDate>): List<List<LocalDate>> {
    val runs = mutableListOf<MutableList<LocalDate>>()
    for (day in away) {
        val last = runs.lastOrNull()?.last()
        if (last != null && ChronoUnit.DAYS.between(last, day) <= 1 + MAX_GAP_DAYS &&
            atHome.none { it > last && it < day }
        ) {
            runs.last() += day
        } else {
            runs += mutableListOf(day)
        }
    }
    return runs
}

private fun trip(days: List<DayInPlace>): Trip {
    val photos = days.groupBy { it.place.id }.values.maxBy { own -> own.sumOf { it.photos } }
    return Trip(
        days.minOf { it.day },
        days.maxOf { it.day },
        photos.first().place,
        days.sumOf { it.photos }
    )
}
