package org.photointerests.pipeline.index

import android.app.Application
import androidx.sqlite.db.SimpleSQLiteQuery
import androidx.test.core.app.ApplicationProvider
import java.util.concurrent.CopyOnWriteArrayList
import kotlinx.coroutines.Runnable
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.feedback.feedback
import org.photointerests.insights.interests.features
import org.photointerests.pipeline.analysis.detections.DetectionRow
import org.photointerests.pipeline.analysis.places.PhotoPlaceRow
import org.photointerests.pipeline.analysis.scenes.SceneRow
import org.photointerests.pipeline.analysis.text.TextLineRow
import org.photointerests.support.AppTestRunner
import org.photointerests.support.failures

private const val PHOTOS = 100_000
private const val FEATURES = 1024
private const val MAX_ROW_BYTES = 1100

// They have a row for each hidden volume, and for each month.
// The last is a row for each interest of a month.
private val SMALL = listOf("hidden_volumes", "month_states", "clearest", "counted")

/** What 100,000 photos cost: bytes, and how SQLite finds them. */
@RunWith(AppTestRunner::class)
class QueryPlanTest {
    private val application = ApplicationProvider.getApplicationContext<Application>()
    private val queries = CopyOnWriteArrayList<Pair<String, List<Any?>>>()
    private val database = PhotoDatabase.builder(application, "large.db")
        .setQueryCallback({ text, arguments -> queries += text to arguments }, Runnable::run)
        .build()
    private val sql get() = database.openHelper.writableDatabase

    @Before
    fun fill() {
        val numbers =
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT $PHOTOS)"
        sql.execSQL("INSERT INTO analyzer_versions VALUES (1, 'features', 'v')")
        sql.execSQL(
            "INSERT INTO media_items $numbers SELECT i, 'external_primary', i, i, " +
                "i * 12345678901, i * 1000, 3600, 24000 + i / 500, 'camera', 1 FROM n"
        )
        sql.execSQL(
            "INSERT INTO features $numbers " +
                "SELECT i, 1, 24000 + i / 500, randomblob($FEATURES) FROM n"
        )
        sql.execSQL(
            "INSERT INTO analysis_status $numbers " +
                "SELECT i, 'features', 1, 2 + (i % 1000 = 0), 0, " +
                "CASE WHEN i % 1000 = 0 THEN 'BROKEN' END FROM n"
        )
        sql.execSQL(
            "INSERT INTO photo_interests $numbers " +
                "SELECT i, i % 117, 24000 + i / 500, 0.5 + i % 50 / 100.0 FROM n"
        )
        sql.execSQL(
            "INSERT INTO month_states SELECT DISTINCT month, 'm', 500, 0, 0, zeroblob(26600) " +
                "FROM features"
        )
        sql.execSQL("INSERT INTO photo_kinds SELECT item, interest * 7, month FROM photo_interests")
        sql.execSQL("INSERT INTO photo_sketches $numbers SELECT i, 1, zeroblob(128) FROM n")
        sql.execSQL(
            "INSERT INTO search_documents (source, reference, item, label, text) $numbers " +
                "SELECT 'text', '', i, '', 'word' || (i % 5000) || ' receipt' FROM n"
        )
        sql.execSQL("INSERT INTO analyzer_versions VALUES (2, 'scene', 'v')")
        sql.execSQL(
            "INSERT INTO scenes $numbers " +
                "SELECT i, 2, i % 100, 0.3 + i % 70 / 100.0, i % 16, i % 100 / 100.0 FROM n"
        )
        sql.execSQL("INSERT INTO analyzer_versions VALUES (3, 'place', 'v')")
        sql.execSQL(
            "INSERT INTO places $numbers SELECT 3, i, '{\"en\":\"Madrid\"}', 'ES', " +
                "'{\"en\":\"Spain\"}', 40.4, -3.7 FROM n WHERE i < 300"
        )
        sql.execSQL("INSERT INTO photo_places $numbers SELECT i, 3, i % 300 FROM n")
        sql.execSQL("INSERT INTO analyzer_versions VALUES (4, 'faces', 'v')")
        sql.execSQL(
            "INSERT INTO detections $numbers " +
                "SELECT i, 4, 0, i % 7, 0.9, 0.1, 0.2, 0.3 + i % 100 / 200.0, 0.4 FROM n"
        )
        sql.execSQL("INSERT INTO analyzer_versions VALUES (5, 'text', 'v')")
        sql.execSQL(
            "INSERT INTO text_lines $numbers SELECT 1 + i / 20, 5, i % 20, " +
                "'Line ' || (i % 4000) || ' of a receipt 12.50', 0.9, 0.1, 0.2, 0.3, 0.04 FROM n"
        )
        sql.execSQL(
            "INSERT INTO text_interests $numbers " +
                "SELECT i, 'interest' || (i % 117), 'word' || (i % 500), 5 FROM n"
        )
        sql.execSQL("ANALYZE")
    }

    @After
    fun close() = database.close()

    @Test
    fun features_aRow_hasAtMost1100Bytes() {
        val all = usedBytes()
        sql.execSQL("DROP INDEX index_features_version_month")
        val withoutIndex = usedBytes()
        sql.execSQL("DELETE FROM features")
        val row = (withoutIndex - usedBytes()) / PHOTOS
        println("measured: bytes of a row of features: $row")
        println("measured: bytes of its entry in the index: ${(all - withoutIndex) / PHOTOS}")
        println("measured: bytes of a photo in all tables: ${all / PHOTOS}")
        assertTrue("$row", row in FEATURES..MAX_ROW_BYTES)
    }

    @Test
    fun scenes_aRow_hasTheBytesThatAreShown() {
        val all = usedBytes()
        sql.execSQL("DROP TABLE scenes")
        val row = (all - usedBytes()) / PHOTOS
        println("measured: bytes of a row of scenes with its indices: $row")
        assertEquals(SceneRow.BYTES.toDouble(), row.toDouble(), 0.2 * SceneRow.BYTES)
    }

    @Test
    fun places_aRow_hasTheBytesThatAreShown() {
        val all = usedBytes()
        sql.execSQL("DROP TABLE photo_places")
        val row = (all - usedBytes()) / PHOTOS
        println("measured: bytes of a row of places with its index: $row")
        assertEquals(PhotoPlaceRow.BYTES.toDouble(), row.toDouble(), 0.2 * PhotoPlaceRow.BYTES)
    }

    @Test
    fun detections_aRow_hasTheBytesThatAreShown() {
        val all = usedBytes()
        sql.execSQL("DROP TABLE detections")
        val row = (all - usedBytes()) / PHOTOS
        println("measured: bytes of a row of detections with its indices: $row")
        assertEquals(DetectionRow.BYTES.toDouble(), row.toDouble(), 0.2 * DetectionRow.BYTES)
    }

    @Test
    fun textLines_aRow_hasTheBytesThatAreShown() {
        sql.execSQL("DELETE FROM search_documents")
        val before = usedBytes()
        // What searches find is a second copy of the words, by photo, and their index.
        sql.execSQL(
            "INSERT INTO search_documents (source, reference, item, label, text) " +
                "SELECT 'text', '', item, '', group_concat(lower(text), char(10)) " +
                "FROM text_lines GROUP BY item"
        )
        val documents = usedBytes() - before
        sql.execSQL("DROP TABLE text_lines")
        val row = (before + documents - usedBytes() + documents) / PHOTOS
        println("measured: bytes of a line of text, with its part in the search: $row")
        assertEquals(TextLineRow.BYTES.toDouble(), row.toDouble(), 0.2 * TextLineRow.BYTES)
    }

    /** Pages that hold something: those of what was deleted stay in the file, but are free. */
    private fun usedBytes() = number("PRAGMA page_size") *
        (number("PRAGMA page_count") - number("PRAGMA freelist_count"))

    /** The queries that run again and again while photos are scanned, as Room sends them. */
    @Test
    fun hotQueries_scanNoTable() = runBlocking {
        val media = database.media()
        queries.clear()
        database.profiles().months("v", "m")
        database.features().times("v", 24_010)
        database.features().features("v", (1L..512).toList())
        database.profiles().counts("m", 0.5f)
        database.profiles().photos("m", 3, 24_000, 24_012, 0.5f, 120)
        database.profiles().clearest("m", 0.5f)
        database.profiles().photosOfMonth("v", 24_010, 5)
        database.profiles().photosByDate("m", 3, 24_000, 24_012, 0.5f, 120)
        database.feedback().rejected(24_010)
        database.profiles().photoInterests("m", 3, 24_000, 24_012)
        database.features().features("v", "external_primary", 7)
        media.counts("features", "v").first()
        media.failures("features", "v", 100).first()
        media.item("external_primary", 7)
        media.status(7)
        media.started(listOf(1))
        media.retryable(listOf(1))
        database.scenes().scene("v", "external_primary", 7)
        database.analysis().existing((1L..256).toList())
        assertUsesIndices(atLeast = 19)
        val months = queries.first { (text, _) -> "item_sum" in text && "month_states" in text }
        assertTrue(plan(months.first, months.second).any { "COVERING INDEX" in it })
    }

    /** The queries of a search and of similar photos. */
    @Test
    fun searchQueries_scanNoTable() = runBlocking {
        val search = database.search()
        val sketches = database.sketches()
        queries.clear()
        assertTrue(search.matchedItems("word7*").isNotEmpty())
        search.matches("word7*", 200)
        search.documents("text")
        search.ofInterests("m", listOf(1, 2), 0.5f)
        search.ofKinds("m", listOf(1, 2))
        search.ofMonths("v", listOf(24_010))
        search.ofAlbums(listOf("camera"))
        search.albumCounts()
        search.interestCounts("m", 0.5f)
        search.kindCounts("m")
        search.monthCounts("v")
        search.photos((1L..900).toList())
        assertEquals(900, search.photosBefore(50_000_000, 1, 900).size)
        sketches.features("v")
        sketches.sketches("v")
        sketches.shown("v")
        sketches.sketches("v", 500, 512)
        sketches.unsketched("v", 500, 512)
        database.places().ofPlaces("v", listOf(7))
        assertTrue(database.places().counts("v").isNotEmpty())
        assertTrue(database.places().covers("v").isNotEmpty())
        assertEquals(9, database.places().photos("v", listOf(7, 8), 9).size)
        assertEquals("ES", database.places().place("v", "external_primary", 7)?.country)
        val detections = database.detections()
        assertEquals(1, detections.ofPhoto("faces", "v", "external_primary", 7).size)
        assertTrue(detections.ofLabels("faces", "v", listOf(3)).isNotEmpty())
        assertEquals(7, detections.labelCounts("faces", "v").size)
        assertTrue(detections.perPhoto("faces", "v", 0).isNotEmpty())
        assertTrue(detections.ofItems("faces", "v", 3, (1L..200).toList()).isNotEmpty())
        val scenes = database.scenes()
        assertTrue(scenes.ofScenes("v", listOf(7), 0.5f).isNotEmpty())
        scenes.ofGroups("v", listOf(7))
        scenes.byIndoor("v")
        scenes.sceneCounts("v", 0.5f)
        scenes.groupCounts("v")
        assertEquals(
            256,
            database.analysis().pending(1, "scene", 2, Long.MAX_VALUE, Long.MAX_VALUE, 256).size
        )
        database.analysis().suspects(2, limit = 1)
        val texts = database.texts()
        assertEquals(20, texts.ofPhoto("v", "external_primary", 7).size)
        assertTrue(texts.words("v", "interest7").isNotEmpty())
        assertTrue(texts.photos("v", "interest7").isNotEmpty())
        assertUsesIndices(atLeast = 38)
        val walk = queries.first { (text, _) -> "(taken_at_ms, item) <" in text }
        assertTrue(plan(walk.first, walk.second).none { "TEMP B-TREE" in it })
    }

    private fun assertUsesIndices(atLeast: Int) {
        val hot = queries.filter { (text, _) -> text.startsWith("SELECT") && "FROM " in text }
        assertTrue("$hot", hot.size >= atLeast)
        for ((text, arguments) in hot) {
            val scans = plan(text, arguments).filter {
                it.startsWith("SCAN") && "USING" !in it && !it.isFullText() &&
                    SMALL.none { table -> table in it }
            }
            assertEquals("$text: ${plan(text, arguments)}", emptyList<String>(), scans)
        }
    }

    /** SQLite calls it a scan as well; index 0 would be one of the whole table. */
    private fun String.isFullText() = "VIRTUAL TABLE INDEX" in this && "INDEX 0" !in this

    private fun plan(text: String, arguments: List<Any?>): List<String> =
        sql.query(SimpleSQLiteQuery("EXPLAIN QUERY PLAN $text", arguments.toTypedArray())).use {
            buildList { while (it.moveToNext()) add(it.getString(3)) }
        }

    private fun number(query: String): Long = sql.query(query).use {
        assertEquals(true, it.moveToFirst())
        it.getLong(0)
    }
}
