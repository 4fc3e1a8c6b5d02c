package org.photointerests.pipeline.analysis.places

import java.io.File
import java.io.IOException
import java.nio.ByteBuffer
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.double
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Assume.assumeTrue
import org.junit.Test
import org.photointerests.core.AnalyzerFiles
import org.photointerests.pipeline.media.GeoLocation
import org.photointerests.support.FolderBundleFiles
import org.photointerests.support.TestPlace
import org.photointerests.support.TestPlaces

private const val LIMIT_KM = 30.0

class PlaceFinderTest {
    private val places = PlacesFile.read(ByteBuffer.wrap(TestPlaces.bytes()))
    private val finder = PlaceFinder(places, LIMIT_KM)

    @Test
    fun file_isReadAsPythonWritesIt() {
        assertEquals(TestPlaces.all.size, places.size)
        TestPlaces.all.forEachIndexed { index, place ->
            assertEquals(place.latitude, places.latitude(index).toDouble(), 0.003)
            assertEquals(place.longitude, places.longitude(index).toDouble(), 0.006)
            assertEquals(place.people, places.population(index), 0.08 * place.people)
            assertEquals(place.name, places.names(index)["en"])
            assertEquals(place.german, places.names(index)["de"])
        }
        assertEquals("ZA", places.country(0).code)
        assertEquals("Spanien", places.country(1).names["de"])
    }

    @Test
    fun largerPlace_isPreferred_butNotFarAway() {
        // Nearer to the village, which has no photo of its own here.
        assertEquals("Munich", name(48.155, 11.595))
        assertEquals("Getafe", name(40.3083, -3.7327))
        assertNull(name(49.0, 11.6))
        assertNull(name(30.0, -40.0))
        assertNull(name(-90.0, 0.0))
    }

    @Test
    fun placeAcrossTheDateLine_isFound() {
        val island = listOf(TestPlace(-16.8, 179.99, 5_000.0, 0, "Island"))
        val finder =
            PlaceFinder(PlacesFile.read(ByteBuffer.wrap(TestPlaces.bytes(island))), LIMIT_KM)
        assertEquals(0, finder.find(GeoLocation(-16.8, -179.99)))
    }

    @Test
    fun distances_areThoseOfPython() {
        val berlin = GeoLocation(52.52, 13.405)
        assertEquals(504.0, distanceKm(berlin, GeoLocation(48.137, 11.575)), 2.0)
        assertEquals(
            22.24,
            distanceKm(GeoLocation(0.0, 179.9), GeoLocation(0.0, -179.9)),
            0.1
        )
    }

    @Test
    fun cutFile_isNamed() {
        val whole = TestPlaces.bytes()
        for (kept in listOf(0, 20, 120, whole.size - 60)) {
            val error = assertThrows("$kept", IOException::class.java) {
                PlacesFile.read(ByteBuffer.wrap(whole.copyOf(kept)))
            }
            assertTrue(
                "${error.message}",
                "places" in error.message!! || "names" in error.message!!
            )
        }
    }

    /** The points that Python's tests find, in the list that the package has. */
    @Test
    fun goldenPoints_haveTheSamePlaces() {
        val folder = checkNotNull(System.getProperty("places"))
        if (folder.isEmpty()) {
            println(
                "NOT RUN: golden points need the list of places: python -m export third-party place"
            )
        }
        assumeTrue(folder.isNotEmpty())
        val files = AnalyzerFiles("place", FolderBundleFiles(File(folder)))
        val places = PlacesFile.read(files.model())
        val finder = PlaceFinder(places, files.card.thresholds.getValue("distance_km").toDouble())
        val points = File(checkNotNull(System.getProperty("contract")), "place_points.json")
        val golden = Json.parseToJsonElement(points.readText()).jsonObject
        val known = golden.getValue("known").jsonArray.map { it.jsonObject }
        assertTrue(known.size >= 20)
        for (point in known) {
            val found = checkNotNull(finder.find(point.position())) { "$point" }
            point.getValue("place").jsonObject.forEach { (language, name) ->
                assertEquals("$point", name.jsonPrimitive.content, places.names(found)[language])
            }
            point.getValue("country").jsonObject.forEach { (language, name) ->
                val country = places.country(found).names[language]
                assertEquals("$point", name.jsonPrimitive.content, country)
            }
        }
        for (point in golden.getValue("nowhere").jsonArray.map { it.jsonObject }) {
            assertNull("$point", finder.find(point.position()))
        }
    }

    private fun name(latitude: Double, longitude: Double) =
        finder.find(GeoLocation(latitude, longitude))?.let { places.names(it)["en"] }
}

private fun JsonObject.position() = GeoLocation(
    getValue("latitude").jsonPrimitive.double,
    getValue("longitude").jsonPrimitive.double
)
