package org.photointerests.pipeline.index

import android.app.Application
import android.database.sqlite.SQLiteDatabase
import androidx.test.core.app.ApplicationProvider
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.core.PhotoKey
import org.photointerests.kill.QuickPipeline
import org.photointerests.pipeline.analysis.features.FeaturesAnalyzer
import org.photointerests.pipeline.decode.PhotoProblem
import org.photointerests.pipeline.scan.PhotoScanner
import org.photointerests.support.AppTestRunner
import org.photointerests.support.FakePhotoSource
import org.photointerests.support.TestBundle
import org.photointerests.support.failures
import org.photointerests.support.readCounts

private const val PHOTOS = 40
private const val NAME = "released.db"

/** The database of the released app, which a scan had filled, under today's code. */
@RunWith(AppTestRunner::class)
class MediaItemsMigrationTest {
    private val application = ApplicationProvider.getApplicationContext<Application>()
    private val version = TestBundle.bundle.card.extractorVersion
    private val source = FakePhotoSource()
    private val database by lazy {
        createDatabase(application, NAME, 3, ::fill)
        PhotoDatabase.builder(application, NAME).build()
    }

    @After
    fun close() = database.close()

    @Test
    fun released_everyPhotoAndChoice_isKept() = runBlocking {
        assertEquals(StoreCounts(PHOTOS - 1, 1), database.readCounts())
        assertEquals(PhotoProblem.BROKEN, database.failures().single().problem)
        val photo = checkNotNull(database.features().features(version, "external_primary", 7))
        assertEquals(7_000L, photo.takenAtMs)
        assertEquals(TestBundle.goldenFeatures()[7].toList(), photo.features.toList())
        assertEquals(listOf("hidden"), database.feedback().hidden().first())
        assertEquals(listOf("pinned"), database.feedback().pinned().first())
        assertEquals(listOf("shots"), database.media().excludedAlbums())
    }

    @Test
    fun released_scanAfterIt_opensTheNewPhotoAlone() = runBlocking {
        repeat(PHOTOS) {
            source.put(it.toLong(), ByteArray(1), it * 1000L, it + 1L, 100L + it)
        }
        val new = source.put(99, ByteArray(1), generation = 99)
        val analyzer = FeaturesAnalyzer(version, database.features()) { QuickPipeline() }
        PhotoScanner(source, database, listOf(analyzer)).scan {}
        assertEquals(setOf<PhotoKey>(new), source.opened.keys)
        assertEquals(StoreCounts(PHOTOS, 1), database.readCounts())
    }

    @Test
    fun released_pages_becomeLarge() = runBlocking {
        database.readCounts()
        val size = database.openHelper.readableDatabase.query("PRAGMA page_size").use {
            it.moveToFirst()
            it.getInt(0)
        }
        assertEquals(PageSize.BYTES, size)
        assertTrue(database.openHelper.readableDatabase.isDatabaseIntegrityOk)
    }

    private fun fill(file: SQLiteDatabase) {
        val golden = TestBundle.goldenFeatures()
        repeat(PHOTOS) {
            val features = golden[it % golden.size].takeIf { _ -> it > 0 }
            val failure = "BROKEN".takeIf { _ -> it == 0 }
            file.execSQL(
                "INSERT INTO photos (volume, id, generation, taken_at_ms, month, extractor, " +
                    "features, failure, stamp, album) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                arrayOf(
                    "external_primary", it, it + 1L, it * 1000L, 1970 * 12, version,
                    features, failure, 100L + it, "camera"
                )
            )
        }
        file.execSQL("INSERT INTO hidden_interests VALUES ('hidden')")
        file.execSQL("INSERT INTO wanted_interests VALUES ('pinned')")
        file.execSQL("INSERT INTO excluded_albums VALUES ('shots', 'Screenshots')")
        file.execSQL(
            "INSERT INTO checkpoints VALUES ('external_primary', '1', 40, ?)",
            arrayOf(version)
        )
    }
}
