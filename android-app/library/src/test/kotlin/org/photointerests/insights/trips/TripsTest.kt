package org.photointerests.insights.trips

import java.io.File
import java.time.LocalDate
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.double
import kotlinx.serialization.json.int
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.photointerests.pipeline.analysis.places.Place
import org.photointerests.pipeline.media.GeoLocation

/** The trips that Python finds on the same days. */
class TripsTest {
    private val file = File(checkNotNull(System.getProperty("contract")), "trips.json")
    private val contract = Json.parseToJsonElement(file.readText()).jsonObject
    private val places = contract.getValue("places").jsonObject

    @Test
    fun sharedCases_haveTheTripsOfPython() {
        val cases = contract.getValue("cases").jsonArray.map { it.jsonObject }
        assertTrue(cases.size >= 7)
        for (case in cases) {
            val found = findTrips(
                case.getValue("days").jsonArray.map { day ->
                    val (date, name, photos) = day.jsonArray.map { it.jsonPrimitive }
                    dayIn(LocalDate.parse(date.content), name.content, photos.int)
                }
            )
            val expected = case.getValue("trips").jsonArray.map { it.jsonObject.trip() }
            assertEquals("${case["name"]}", expected, found)
        }
    }

    private fun dayIn(day: LocalDate, name: String, photos: Int): DayInPlace {
        val at = places.getValue(name).jsonObject
        return DayInPlace(
            day,
            place(name),
            GeoLocation(
                at.getValue("latitude").jsonPrimitive.double,
                at.getValue("longitude").jsonPrimitive.double
            ),
            photos
        )
    }

    private fun JsonObject.trip() = Trip(
        LocalDate.parse(getValue("first").jsonPrimitive.content),
        LocalDate.parse(getValue("last").jsonPrimitive.content),
        place(getValue("place").jsonPrimitive.content),
        getValue("photos").jsonPrimitive.int
    )

    private fun place(name: String): Place {
        val country = places.getValue(name).jsonObject.getValue("country").jsonPrimitive.content
        val id = places.keys.indexOf(name)
        return Place(id, mapOf("en" to name), country, mapOf("en" to country))
    }
}
