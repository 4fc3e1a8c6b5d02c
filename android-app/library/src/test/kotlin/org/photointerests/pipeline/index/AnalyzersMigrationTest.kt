package org.photointerests.pipeline.index

import android.app.Application
import android.database.sqlite.SQLiteDatabase
import androidx.test.core.app.ApplicationProvider
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.sync.Mutex
import org.junit.After
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.pipeline.analysis.scenes.SceneAnalyzer
import org.photointerests.pipeline.scan.IndexPass
import org.photointerests.support.AppTestRunner
import org.photointerests.support.GoldenScenes
import org.photointerests.support.TestBundle
import org.photointerests.support.TestScenes
import org.photointerests.support.readCounts

private const val NAME = "before-analyzers.db"
private const val PHOTOS = 40

/** The database from before there were analyzers beside the extractor, under today's code. */
@RunWith(AppTestRunner::class)
class AnalyzersMigrationTest {
    private val application = ApplicationProvider.getApplicationContext<Application>()
    private val extractor = TestBundle.bundle.card.extractorVersion
    private val database by lazy {
        createDatabase(application, NAME, 5, ::fill)
        PhotoDatabase.builder(application, NAME).build()
    }

    @After
    fun close() = database.close()

    @Test
    fun photos_areKept_andTheirScenesFoundWithoutReadingThem() = runBlocking {
        assertEquals(StoreCounts(PHOTOS, 0), database.readCounts())
        val photo = checkNotNull(database.features().features(extractor, "external_primary", 7))
        assertArrayEquals(GoldenScenes.photos[7].first, photo.features)
        assertEquals(0, database.scenes().count().first())
        val analyzer =
            SceneAnalyzer(TestScenes.files, extractor, database.features(), database.scenes())
        assertEquals(PHOTOS, IndexPass(database, extractor, Mutex()).run(analyzer))
        val expected = (0 until PHOTOS).count {
            GoldenScenes.groups[it % GoldenScenes.photos.size] !=
                null
        }
        assertEquals(expected, database.scenes().count().first())
        assertTrue(database.openHelper.readableDatabase.isDatabaseIntegrityOk)
    }

    private fun fill(file: SQLiteDatabase) {
        file.execSQL(
            "INSERT INTO analyzer_versions VALUES (1, 'features', ?)",
            arrayOf(extractor)
        )
        repeat(PHOTOS) {
            file.execSQL(
                "INSERT INTO media_items VALUES " +
                    "(?, 'external_primary', ?, 1, 1, ?, 0, ?, 'camera', 1)",
                arrayOf<Any>(it + 1, it, it * 1000L, 1970 * 12)
            )
            file.execSQL(
                "INSERT INTO features VALUES (?, 1, ?, ?)",
                arrayOf<Any>(
                    it + 1,
                    1970 * 12,
                    GoldenScenes.photos[it % GoldenScenes.photos.size].first
                )
            )
            file.execSQL(
                "INSERT INTO analysis_status VALUES (?, 'features', 1, 2, 0, NULL)",
                arrayOf<Any>(it + 1)
            )
        }
    }
}
