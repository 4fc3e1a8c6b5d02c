package org.photointerests.search

import java.time.YearMonth
import java.time.ZoneOffset
import java.util.BitSet
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.test.runTest
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.core.PhotoKey
import org.photointerests.core.Shown
import org.photointerests.feedback.ExcludedAlbum
import org.photointerests.insights.interests.InterestModel
import org.photointerests.insights.interests.InterestRepository
import org.photointerests.insights.interests.MonthState
import org.photointerests.insights.interests.PhotoInterest
import org.photointerests.insights.interests.PhotoKind
import org.photointerests.insights.interests.PhotoKinds
import org.photointerests.pipeline.index.number
import org.photointerests.support.AppTestRunner
import org.photointerests.support.FakePhotoSource
import org.photointerests.support.TestBundle
import org.photointerests.support.memoryDatabase
import org.photointerests.support.photoSample
import org.photointerests.support.put

private val AUGUST = YearMonth.of(2024, 8)
private val JULY = YearMonth.of(2023, 7)

/** Words over a gallery whose photos show interests of the bundle that ships. */
@RunWith(AppTestRunner::class)
class PhotoSearchTest {
    private val database = memoryDatabase()
    private val card = TestBundle.bundle.card
    private val source = FakePhotoSource()
    private val sensitive = MutableStateFlow(false)
    private val model = InterestModel(TestBundle.bundle)
    private val interests = InterestRepository(database, card, model, sensitive = sensitive)
    private var now = 0L
    private val search = PhotoSearch(database, sources(), nowMs = { now++ })
    private val months = mutableMapOf<YearMonth, MutableList<Long>>()

    private fun sources() = database.search().let {
        listOf(
            InterestSearchSource(it, card, interests),
            KindSearchSource(it, card, interests, PhotoKinds(database, card, model)),
            MonthSearchSource(it, card),
            AlbumSearchSource(it, source)
        )
    }

    @After
    fun close() = database.close()

    @Test
    fun word_ofAnInterest_findsItAndItsPhotosNewestFirst() = runTest {
        photo(1, JULY, "dogs")
        photo(2, AUGUST, "dogs")
        photo(3, AUGUST, "boats")
        val found = find("dogs")
        assertEquals(keys(2, 1), found.photos)
        assertEquals(2, found.photoCount)
        val hit = found.hits.first()
        assertEquals("interests" to "dogs", hit.source to hit.reference)
        assertEquals(2, hit.photos)
        assertEquals(keys(2, 1), hit.covers)
    }

    /** Words that no name has: of synonyms.tsv, and names in languages that the card has not. */
    @Test
    fun word_thatPeopleSay_findsTheInterest() = runTest {
        photo(1, AUGUST, "dogs")
        photo(2, AUGUST, "beaches")
        photo(3, AUGUST, "football")
        val words = mapOf(
            "puppy" to 1L,
            "pup" to 1L,
            "Welpe" to 1L,
            "Hund" to 1L,
            "seaside" to 2L,
            "Küste" to 2L,
            "soccer" to 3L,
            "perros" to 1L,
            "plage" to 2L,
            "köpek" to 1L
        )
        for ((word, photo) in words) assertEquals(word, keys(photo), find(word).photos)
    }

    @Test
    fun word_inTheOtherLanguage_orBegun_orWithoutMarks_findsTheSame() = runTest {
        photo(1, AUGUST, "dogs")
        photo(2, AUGUST, "birds")
        for (word in listOf("Hunde", "hund", "HUND", "do")) {
            assertEquals(word, keys(1), find(word).photos)
        }
        for (word in listOf("Vögel", "vogel", "birds ")) {
            assertEquals(word, keys(2), find(word).photos)
        }
    }

    @Test
    fun word_oneEditAway_isCorrected_twoAreNot() = runTest {
        photo(1, AUGUST, "mountains")
        for (word in listOf("mountians", "muntains", "mountainss", "mountaims")) {
            assertEquals(word, keys(1), find(word).photos)
            assertTrue(word, "mountains" in find(word).corrections.getValue(word))
        }
        assertTrue(find("mountain").corrections.isEmpty())
        assertTrue(find("muntians").isEmpty)
    }

    @Test
    fun word_ofAKind_findsPhotosThatShowIt() = runTest {
        photo(1, AUGUST, "dogs", kind = "caltech.dalmatian")
        photo(2, AUGUST, "dogs")
        for (word in listOf("Dalmatiner", "dalmatiens", "dálmatas", "dalmacyalılar")) {
            val found = find(word)
            assertEquals(word, keys(1), found.photos)
            assertEquals(word, "kinds", found.hits.first().source)
        }
    }

    @Test
    fun kinds_ofPhotos_areWorkedOutOnce_asTheModelSays() = runTest {
        val features = TestBundle.goldenFeatures()
        features.forEachIndexed { id, it ->
            database.put(photoSample(source.put(id + 1L, ByteArray(0)), it))
        }
        val onPhotos = model.predict(features.toTypedArray(), withKinds = true).photoKinds!!
        val expected = onPhotos.flatMapIndexed { row, kinds ->
            kinds.indices.filter { kinds[it] >= card.thresholds.photo }.map {
                card.kinds[it].id to
                    row
            }
        }.groupBy({ it.first }, { it.second }).mapValues { it.value.size }
        assertTrue("$expected", expected.isNotEmpty())
        val kinds = sources().single { it.name == SearchSources.KINDS }
        search.refresh()
        assertEquals(emptyMap<String, Int>(), kinds.counts())
        repeat(2) {
            search.update()
            assertEquals(expected, kinds.counts())
        }
    }

    @Test
    fun months_byNameAndYearInBothLanguages_areFound() = runTest {
        photo(1, JULY, "dogs")
        photo(2, AUGUST, "dogs")
        photo(3, AUGUST.minusYears(1), "dogs")
        assertEquals(keys(2), find("August 2024").photos)
        assertEquals(keys(1), find("juli").photos)
        assertEquals(keys(3, 1), find("2023").photos)
        assertEquals(
            listOf(AUGUST.number().toString()),
            find("august 2024").hits.map { it.reference }
        )
    }

    @Test
    fun severalWords_findPhotosThatAllOfThemFind() = runTest {
        photo(1, AUGUST, "dogs")
        photo(2, JULY, "dogs")
        photo(3, AUGUST, "boats", album = "trip")
        val found = find("dogs august")
        assertEquals(keys(1), found.photos)
        assertEquals(setOf("dogs", "${AUGUST.number()}"), found.hits.map { it.reference }.toSet())
        assertEquals(listOf(1, 1), found.hits.map { it.photos })
        assertTrue(find("dogs trip").isEmpty)
        assertTrue(find("dogs zzzzzz").isEmpty)
        assertEquals(keys(3), find("trip boats").photos)
    }

    /** Whoever asks for wild animals does not mean those of a farm. */
    @Test
    fun hits_thatAnotherOneHasAllWordsOf_areNotListed() = runTest {
        photo(1, AUGUST, "wildlife", also = "farm_animals")
        val names = card.interests.associate { it.id to it.names.getValue("en") }
        assertEquals(
            "Wild animals" to "Farm animals",
            names["wildlife"] to names["farm_animals"]
        )
        val hits = find("wild animals").hits.filter { it.source == SearchSources.INTERESTS }
        assertEquals(listOf("wildlife"), hits.map { it.reference })
    }

    @Test
    fun albums_byName_areFound_untilTheyAreExcluded() = runTest {
        photo(1, AUGUST, "dogs", album = "schweiz")
        val found = find("Schweiz")
        assertEquals("Schweiz", found.hits.single().label)
        assertEquals(keys(1), found.photos)
        database.feedback().exclude(ExcludedAlbum("schweiz", "Schweiz"))
        assertTrue(find("Schweiz").isEmpty)
    }

    @Test
    fun sensitiveInterest_isFoundOnRequestAlone() = runTest {
        val category = card.interests.first { it.shown == Shown.ON_REQUEST }
        photo(1, AUGUST, category.id)
        val name = category.names.getValue("en")
        assertTrue(find(name).isEmpty)
        sensitive.value = true
        assertEquals(keys(1), find(name).photos)
    }

    /** Text, places and scenes come so: the search knows nothing of them. */
    @Test
    fun wordsOfAnAnalyzer_areFound_andGoWithTheirPhoto() = runTest {
        photo(1, AUGUST, "documents")
        photo(2, JULY, "documents")
        database.search().put("text", item(1), "Rechnung Bäckerei Müller")
        database.search().put("text", item(2), "old")
        database.search().put("text", item(2), "Quittung Müller")
        assertEquals(keys(1, 2), find("muller").photos)
        assertEquals(keys(2), find("Quittung 2023").photos)
        assertEquals(keys(1), find("Backereu").photos)
        assertTrue(find("old").isEmpty)
        database.media().forget("external_primary", listOf(1))
        assertEquals(keys(2), find("muller").photos)
    }

    @Test
    fun source_ofAnAppThatEmbedsTheLibrary_isSearchedLikeTheOthers() = runTest {
        photo(1, AUGUST, "dogs")
        val item = item(1)
        val people = object : SearchSource {
            override val name = "people"

            override suspend fun documents() = listOf(SearchEntry("7", "Aunt Zoë", "Zoë"))

            override suspend fun photos(references: List<String>) =
                references.associateWith { BitSet().apply { set(item.toInt()) } }

            override suspend fun counts() = mapOf("7" to 1)
        }
        val wider = PhotoSearch(database, sources() + people)
        wider.refresh()
        val found = wider.search("zoe dogs", 9)
        assertEquals(keys(1), found.photos)
        assertTrue(found.hits.any { it.source == "people" && it.label == "Zoë" })
    }

    @Test
    fun manyPhotos_newestOfThem_areThoseOfAllSorted() = runTest {
        repeat(4_000) { photo(it + 1L, if (it % 3 == 0) JULY else AUGUST, "dogs") }
        val found = find("dogs", most = 5)
        assertEquals(4_000, found.photoCount)
        val newest = (1L..4_000).filter { it % 3 != 1L }.sortedDescending().take(5)
        assertEquals(newest.map { PhotoKey("external_primary", it) }, found.photos)
    }

    @Test
    fun suggestions_areLargestInterests_newestMonths_andAlbums() = runTest {
        photo(1, JULY, "dogs")
        photo(2, AUGUST, "dogs", album = "trip")
        photo(3, AUGUST, "boats")
        search.refresh()
        val hits = search.suggestions(1).map { it.source to it.reference }
        assertEquals(
            listOf("interests" to "dogs", "months" to "${AUGUST.number()}", "albums" to "camera"),
            hits
        )
    }

    @Test
    fun recent_lastFirst_withoutRepetition_andDeletable() = runTest {
        for (query in listOf("dogs", "boats", " dogs ", "", "july")) search.remember(query)
        assertEquals(listOf("july", "dogs", "boats"), search.recent.first())
        search.forget("dogs")
        assertEquals(listOf("july", "boats"), search.recent.first())
        repeat(30) { search.remember("query $it") }
        assertEquals(20, search.recent.first().size)
        search.forgetAll()
        assertEquals(emptyList<String>(), search.recent.first())
    }

    @Test
    fun clearedDatabase_findsNothing() = runTest {
        photo(1, AUGUST, "dogs")
        find("dogs")
        search.remember("dogs")
        database.clearAllTables()
        assertTrue(search.search("dogs", 9).isEmpty)
        assertTrue(search.search("dgos", 9).isEmpty)
        assertEquals(emptyList<String>(), search.recent.first())
    }

    private suspend fun find(query: String, most: Int = 20): SearchResults {
        search.refresh()
        return search.search(query, most)
    }

    private suspend fun item(id: Long) =
        checkNotNull(checkNotNull(database.media().item("external_primary", id)).item)

    private fun keys(vararg ids: Long) = ids.map { PhotoKey("external_primary", it) }

    /** A photo as a scan and a reading of its month would leave it. */
    private suspend fun photo(
        id: Long,
        month: YearMonth,
        interest: String,
        kind: String? = null,
        album: String = "camera",
        also: String? = null
    ) {
        val key = source.put(id, ByteArray(0), album = album)
        val takenAtMs =
            month.atDay(9).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli() + id
        val features = ByteArray(card.features.dimension)
        database.put(photoSample(key, features, takenAtMs, album = album))
        val item = item(id)
        val number = month.number()
        database.profiles().put(
            listOfNotNull(interest, also).map { name ->
                PhotoInterest(item, card.interests.indexOfFirst { it.id == name }, number, 0.9f)
            }
        )
        kind?.let { name ->
            val place = card.kinds.indexOfFirst { it.id == name }
            database.profiles().putKinds(listOf(PhotoKind(item, place, number)))
        }
        val items = months.getOrPut(month) { mutableListOf() }.apply { add(item) }
        database.profiles().put(
            MonthState(
                number,
                card.insightsVersion,
                items.size,
                items.max(),
                items.sum(),
                ByteArray(card.state.shape.reduce(Int::times) * Float.SIZE_BYTES)
            )
        )
    }
}
