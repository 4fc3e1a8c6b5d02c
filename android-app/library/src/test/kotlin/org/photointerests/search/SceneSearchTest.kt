package org.photointerests.search

import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.sync.Mutex
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.core.PhotoKey
import org.photointerests.pipeline.analysis.scenes.PhotoScenes
import org.photointerests.pipeline.analysis.scenes.SceneAnalyzer
import org.photointerests.pipeline.scan.IndexPass
import org.photointerests.support.AppTestRunner
import org.photointerests.support.GoldenScenes
import org.photointerests.support.TestBundle
import org.photointerests.support.TestScenes
import org.photointerests.support.floats
import org.photointerests.support.memoryDatabase
import org.photointerests.support.photoSample
import org.photointerests.support.put

/** Photos by the names of scenes that the real model found. */
@RunWith(AppTestRunner::class)
class SceneSearchTest {
    private val database = memoryDatabase()
    private val extractor = TestBundle.bundle.card.extractorVersion
    private val scenes = PhotoScenes(database.scenes(), TestScenes.files.card, extractor)
    private val source = SceneSearchSource(database.scenes(), scenes)
    private val search = PhotoSearch(database, listOf(source))

    @Before
    fun fill() = runBlocking {
        GoldenScenes.photos.forEachIndexed { id, (features, _) ->
            database.put(photoSample(key(id), features, id.toLong()))
        }
        val analyzer =
            SceneAnalyzer(TestScenes.files, extractor, database.features(), database.scenes())
        IndexPass(database, extractor, Mutex()).run(analyzer)
        search.refresh()
    }

    @After
    fun close() = database.close()

    @Test
    fun scene_isFoundInEveryLanguage_whereItIsProbable() = runBlocking {
        val coast = TestScenes.files.card.labels.indexOfFirst { it.id == "coast" }
        val expected = photos { it.floats("probabilities")[coast] >= 0.5f }
        assertEquals(2, expected.size)
        for (word in listOf("coast", "Küste", "kuste", "côte", "costa", "kıyı", "kiyi")) {
            assertEquals(word, expected, search.search(word, 50).photos)
        }
        val hit = search.search("Küste", 50).hits.single()
        assertEquals("Coast", scenes.named().getValue(hit.reference).names["en"])
        assertEquals(expected.size, source.counts()[hit.reference])
    }

    @Test
    fun group_isFound() = runBlocking {
        val expected = GoldenScenes.groups.indices.filter { GoldenScenes.groups[it] == "water" }
            .sortedDescending().map { key(it) }
        assertTrue(expected.size > 2)
        assertEquals(expected, search.search("Gewässer", 50).photos)
    }

    @Test
    fun indoorsAndOutdoors_areApart() = runBlocking {
        val indoors = search.search("indoors", 50).photos
        val outdoors = search.search("draußen", 50).photos
        assertTrue(indoors.size > 3 && outdoors.size > 3)
        assertEquals(emptySet<PhotoKey>(), indoors.intersect(outdoors.toSet()))
        assertEquals(GoldenScenes.groups.count { it != null }, indoors.size + outdoors.size)
        val shops = GoldenScenes.groups.indices.filter { GoldenScenes.groups[it] == "shopping" }
        assertTrue(indoors.containsAll(shops.map { key(it) }))
    }

    @Test
    fun switchedOff_nothingIsFound() = runBlocking {
        database.scenes().deleteAll()
        assertTrue(search.search("Küste", 50).isEmpty)
    }

    private fun key(id: Int) = PhotoKey("external_primary", id.toLong())

    private fun photos(test: (kotlinx.serialization.json.JsonObject) -> Boolean) =
        GoldenScenes.photos.indices.filter { test(GoldenScenes.photos[it].second) }
            .sortedDescending().map { key(it) }
}
