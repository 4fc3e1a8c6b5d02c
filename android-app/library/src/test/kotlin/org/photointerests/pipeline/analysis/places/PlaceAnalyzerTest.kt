package org.photointerests.pipeline.analysis.places

import java.time.LocalDate
import java.util.Locale
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.sync.Mutex
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.core.PhotoKey
import org.photointerests.pipeline.media.GeoLocation
import org.photointerests.pipeline.scan.IndexPass
import org.photointerests.search.PhotoSearch
import org.photointerests.search.PlaceSearchSource
import org.photointerests.support.AppTestRunner
import org.photointerests.support.FakePositions
import org.photointerests.support.TestBundle
import org.photointerests.support.TestPlaces
import org.photointerests.support.memoryDatabase
import org.photointerests.support.photoSample
import org.photointerests.support.put

private val SUN_GATE = GeoLocation(40.4169, -3.7035)
private val MARIENPLATZ = GeoLocation(48.1374, 11.5755)
private val GETAFE = GeoLocation(40.3057, -3.7329)
private const val DAY_MS = 86_400_000L
private val ATLANTIC = GeoLocation(30.0, -40.0)

/** Places of photos that were scanned, in a small list. */
@RunWith(AppTestRunner::class)
class PlaceAnalyzerTest {
    private val database = memoryDatabase()
    private val files = TestPlaces.files()
    private val places = PhotoPlaces(database.places(), files.card)
    private val positions = FakePositions(
        mutableMapOf(
            key(1) to SUN_GATE,
            key(2) to MARIENPLATZ,
            key(3) to ATLANTIC,
            key(4) to null,
            key(5) to SUN_GATE
        )
    )
    private val analyzer = PlaceAnalyzer(files, positions, database.places())
    private val pass =
        IndexPass(database, TestBundle.bundle.card.extractorVersion, Mutex())
    private var language = Locale.ENGLISH.language
    private val search =
        PhotoSearch(database, listOf(PlaceSearchSource(places) { language }))

    @Before
    fun fill() = runBlocking {
        val features = TestBundle.goldenFeatures()
        repeat(6) { database.put(photoSample(key(it + 1), features[it], it.toLong())) }
    }

    @After
    fun close() = database.close()

    @Test
    fun photos_haveTheTownOfTheirPosition_andNoneAtSea() = runBlocking {
        assertEquals(6, pass.run(analyzer))
        assertEquals("Madrid, Spain", places.place(key(1))?.title("en"))
        assertEquals("München, Deutschland", places.place(key(2))?.title("de"))
        // Towns have the names of the list, countries in other languages those of Java.
        assertEquals("Munich, Allemagne", places.place(key(2))?.title("fr"))
        assertEquals("Madrid, España", places.place(key(1))?.title("es"))
        assertEquals("Madrid, İspanya", places.place(key(1))?.title("tr"))
        for (photo in 3..4) assertNull(places.place(key(photo)))
        assertEquals(
            listOf("Madrid" to 2, "Munich" to 1),
            places.all().map { it.place.names["en"] to it.photos }
        )
        assertEquals(3 * PhotoPlaceRow.BYTES, analyzer.storedBytes().first())
    }

    @Test
    fun countriesAndTowns_haveTheirNewestPhotos() = runBlocking {
        positions.positions[key(6)] = GETAFE
        pass.run(analyzer)
        val countries = places.countries()
        val photos = countries.map { it.country.country to it.photos }
        assertEquals(listOf("ES" to 3, "DE" to 1), photos)
        val towns = countries.first().towns
        assertEquals(listOf("Madrid", "Getafe"), towns.map { it.place.name("en") })
        assertEquals(listOf(key(5), key(6)), towns.map { it.cover })
        val madrid = PlaceChoice.Town(towns.first().place.id)
        assertEquals(listOf(key(5), key(1)), places.photos(madrid, 9))
        assertEquals(listOf(key(5)), places.photos(madrid, 1))
        val spain = PlaceChoice.Country("ES")
        assertEquals(listOf(key(6), key(5), key(1)), places.photos(spain, 9))
        assertEquals(emptyList<PhotoKey>(), places.photos(PlaceChoice.Country("FR"), 9))
    }

    @Test
    fun photoThatCannotBeRead_isTriedAgain_othersAreNot() = runBlocking {
        pass.run(analyzer)
        positions.asked.clear()
        positions.positions[key(6)] = MARIENPLATZ
        assertEquals(1, pass.run(analyzer))
        assertEquals(listOf(key(6)), positions.asked)
        assertEquals("Munich", places.place(key(6))?.names?.get("en"))
    }

    @Test
    fun photoThatNeverCanBeRead_isLeftAlone() = runBlocking {
        repeat(20) { pass.run(analyzer) }
        assertEquals(5, positions.asked.count { it == key(6) })
    }

    @Test
    fun positionsThatTheUserForbids_areWaitedFor() = runBlocking {
        positions.allowed = false
        assertEquals(0, pass.run(analyzer))
        assertEquals(emptyList<PhotoKey>(), positions.asked)
        positions.allowed = true
        assertEquals(6, pass.run(analyzer))
    }

    @Test
    fun anotherList_findsAllPlacesAgain() = runBlocking {
        pass.run(analyzer)
        val other = TestPlaces.files(TestPlaces.all.drop(1))
        pass.run(PlaceAnalyzer(other, positions, database.places()))
        val places = PhotoPlaces(database.places(), other.card)
        assertEquals("Madrid, Spain", places.place(key(1))?.title("en"))
        assertNull(this@PlaceAnalyzerTest.places.place(key(1)))
    }

    @Test
    fun townAndCountry_areFoundInBothLanguages() = runBlocking {
        pass.run(analyzer)
        search.refresh()
        for (word in listOf("Madrid", "spain", "Spanien", "madrid spain")) {
            assertEquals(word, listOf(key(5), key(1)), search.search(word, 9).photos)
        }
        assertEquals(listOf(key(2)), search.search("munchen", 9).photos)
        val hit = search.search("München", 9).hits.single()
        assertEquals("Munich, Germany", hit.label)
        assertEquals("Madrid, Spain", search.suggestions(1).single().label)
        language = "de"
        search.refresh()
        assertEquals("München, Deutschland", search.search("munich", 9).hits.single().label)
        language = "fr"
        search.refresh()
        assertEquals(listOf(key(2)), search.search("allemagne", 9).photos)
        assertEquals("Allemagne", search.search("allemagne", 9).hits.single().label)
    }

    @Test
    fun countryWithoutACodeThatIsKnown_hasItsEnglishName() {
        val place = Place(0, mapOf("en" to "Atlantis"), "ZZ", mapOf("en" to "Nowhere"))
        assertEquals("Atlantis, Deep", place.copy(countryNames = mapOf("tr" to "Deep")).title("tr"))
        assertEquals("Nowhere", place.copy(country = "QM").countryName("tr"))
    }

    @Test
    fun daysAwayFromHome_areATrip() = runBlocking {
        val features = TestBundle.goldenFeatures()
        (20..23).forEach {
            positions.positions[key(it)] = MARIENPLATZ
            database.put(photoSample(key(it), features[it], it * DAY_MS))
        }
        positions.positions[key(30)] = SUN_GATE
        database.put(photoSample(key(30), features[30], 30 * DAY_MS + 1))
        pass.run(analyzer)
        val trip = places.trips().last()
        assertEquals("Madrid, Spain", trip.place.title("en"))
        assertEquals(LocalDate.ofEpochDay(30) to 1, trip.first to trip.photos)
        assertTrue(places.trips().none { it.place.country == "DE" })
    }

    @Test
    fun switchedOff_nothingIsLeft() = runBlocking {
        pass.run(analyzer)
        search.refresh()
        analyzer.deleteRows()
        search.refresh()
        assertNull(places.place(key(1)))
        assertTrue(search.search("Madrid", 9).isEmpty)
        assertEquals(0, database.places().count().first())
    }
}

private fun key(id: Int) = PhotoKey("external_primary", id.toLong())
