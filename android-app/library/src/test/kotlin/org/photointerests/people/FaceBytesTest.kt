package org.photointerests.people

import java.io.File
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.photointerests.kill.fileDatabase
import org.photointerests.support.AppTestRunner

private const val FACES = 20_000
private const val NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT "

/** What 20,000 faces cost: bytes, and how SQLite finds them. */
@RunWith(AppTestRunner::class)
class FaceBytesTest {
    @get:Rule val folder = TemporaryFolder()
    private val database by lazy { fileDatabase(File(folder.root, "faces.db")) }
    private val sql get() = database.openHelper.writableDatabase

    @After
    fun close() = database.close()

    /** Of 100,000 faces that were drawn as real ones spread, 37,000 clusters came. */
    @Test
    fun faces_haveTheBytesThatAreShown() {
        sql.execSQL(
            "INSERT INTO media_items $NUMBERS $FACES) SELECT i, 'external_primary', i, i, " +
                "i * 12345678901, i * 1000, 3600, 24000 + i / 500, 'camera', 1 FROM n"
        )
        val before = usedBytes()
        sql.execSQL(
            "INSERT INTO face_clusters $NUMBERS ${FACES * 37 / 100}) " +
                "SELECT i, i / 2, 3, 2.5, randomblob(512), 0 FROM n"
        )
        sql.execSQL("INSERT INTO people $NUMBERS ${FACES / 5}) SELECT i, NULL, 0 FROM n")
        sql.execSQL(
            "INSERT INTO faces $NUMBERS $FACES) SELECT i, i, 7, 0.123, 0.234, 0.345, 0.456, " +
                "randomblob(256), 1 + i * 37 / 100 FROM n"
        )
        val row = (usedBytes() - before) / FACES
        println("measured: bytes of a face with its share of clusters and groups: $row")
        assertEquals(FaceRow.BYTES.toDouble(), row.toDouble(), 0.2 * FaceRow.BYTES)
        // What is asked for each photo, and after each pass.
        for (query in listOf(
            "SELECT id FROM face_clusters c WHERE count != " +
                "(SELECT count(*) FROM faces f WHERE f.cluster = c.id)",
            "SELECT embedding FROM faces WHERE cluster = 5 ORDER BY id",
            "DELETE FROM faces WHERE item = 5"
        )) {
            val plan = sql.query("EXPLAIN QUERY PLAN $query").use {
                buildList { while (it.moveToNext()) add(it.getString(3)) }
            }
            assertTrue("$plan", plan.any { "index_faces_" in it })
        }
    }

    private fun usedBytes() = number("PRAGMA page_size") *
        (number("PRAGMA page_count") - number("PRAGMA freelist_count"))

    private fun number(query: String) = sql.query(query).use {
        it.moveToFirst()
        it.getLong(0)
    }
}
