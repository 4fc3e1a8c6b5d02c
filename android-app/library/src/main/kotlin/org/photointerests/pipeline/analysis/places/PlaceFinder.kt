package org.photointerests.pipeline.analysis.places

import kotlin.math.PI
import kotlin.math.asin
import kotlin.math.cos
import kotlin.math.min
import kotlin.math.pow
import kotlin.math.sin
import kotlin.math.sqrt
import org.photointerests.pipeline.media.GeoLocation

private const val EARTH_RADIUS_KM = 6371.0

/**
 * Names the place nearest to a position, in favour of larger places, and none beyond [limitKm].
 *
 * As in Python: the distance is divided by the square root of the number of people, so that a photo
 * in a city has the city's name and not that of the quarter whose middle is nearer.
 */
class PlaceFinder(private val places: PlacesFile, private val limitKm: Double) {
    /** The index of a place; null where none is near, such as at sea. */
    fun find(position: GeoLocation): Int? {
        val band = Math.toDegrees(limitKm / EARTH_RADIUS_KM)
        var best: Int? = null
        var least = Double.POSITIVE_INFINITY
        var place = firstFrom(position.latitude - band)
        while (place < places.size && places.latitude(place) <= position.latitude + band) {
            val km = distanceKm(position, places.location(place))
            val cost = km / sqrt(places.population(place))
            if (km <= limitKm && cost < least) {
                best = place
                least = cost
            }
            place++
        }
        return best
    }

    private fun firstFrom(latitude: Double): Int {
        var low = 0
        var high = places.size
        while (low < high) {
            val middle = (low + high) / 2
            if (places.latitude(middle) < latitude) low = middle + 1 else high = middle
        }
        return low
    }
}

/** The middle of a place. */
fun PlacesFile.location(place: Int) =
    GeoLocation(latitude(place).toDouble(), longitude(place).toDouble())

/** Distance of two points on a sphere, by the haversine formula. */
fun distanceKm(first: GeoLocation, second: GeoLocation): Double {
    val (north, otherNorth) = first.latitude.radians() to second.latitude.radians()
    val across = second.longitude.radians() - first.longitude.radians()
    val part = sin((otherNorth - north) / 2).pow(2) +
        cos(north) * cos(otherNorth) * sin(across / 2).pow(2)
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, part)))
}

private fun Double.radians() = this * PI / 180
