package org.photointerests.pipeline.index

import android.app.Application
import android.database.sqlite.SQLiteDatabase
import androidx.test.core.app.ApplicationProvider
import app.cash.turbine.test
import java.io.File
import java.time.YearMonth
import java.time.ZoneOffset
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.test.runTest
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.junit.After
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.core.PhotoKey
import org.photointerests.feedback.ExcludedAlbum
import org.photointerests.insights.interests.MonthPhotos
import org.photointerests.insights.interests.MonthState
import org.photointerests.insights.interests.StoredProfile
import org.photointerests.pipeline.decode.PhotoProblem
import org.photointerests.support.AppTestRunner
import org.photointerests.support.failures
import org.photointerests.support.memoryDatabase
import org.photointerests.support.photoSample
import org.photointerests.support.put
import org.photointerests.support.readCounts

private val KEY = PhotoKey("external_primary", 1)
private val FEATURES = byteArrayOf(0, 127, -128, -1)

@RunWith(AppTestRunner::class)
class PhotoDatabaseTest {
    private val application = ApplicationProvider.getApplicationContext<Application>()
    private val database = memoryDatabase()
    private val media = database.media()
    private val features = database.features()
    private val choices = database.feedback()

    @After
    fun close() = database.close()

    @Test
    fun put_features_readsTheSameBytes() = runTest {
        database.put(photoSample(KEY, FEATURES, extractor = "a"))
        val stored = checkNotNull(features.features("a", KEY.volume, KEY.id))
        assertArrayEquals(FEATURES, stored.features)
        assertEquals(KEY, stored.key)
    }

    @Test
    fun features_ofAnotherExtractor_areNotMixedIn() = runTest {
        database.put(photoSample(KEY, FEATURES, extractor = "old"))
        assertNull(features.features("new", KEY.volume, KEY.id))
        assertEquals(emptyList<MonthPhotos>(), database.profiles().months("new", ""))
        assertEquals(StoreCounts(0, 0), database.readCounts("new"))
    }

    @Test
    fun put_sameIdOnTwoVolumes_keepsBoth() = runTest {
        database.put(photoSample(KEY, FEATURES, extractor = "a"))
        database.put(photoSample(KEY.copy(volume = "card"), FEATURES, extractor = "a"))
        assertEquals(StoreCounts(2, 0), database.readCounts("a"))
    }

    @Test
    fun failures_brokenPhoto_tellsWhy() = runTest {
        database.put(photoSample(KEY, null, failure = PhotoProblem.BROKEN))
        val failed = FailedPhoto(KEY.volume, KEY.id, "BROKEN")
        assertEquals(listOf(failed), database.failures())
    }

    @Test
    fun forget_photoThatIsGone_removesItAlone() = runTest {
        database.put(photoSample(KEY, FEATURES, extractor = "a"))
        database.put(photoSample(KEY.copy(id = 2), FEATURES, extractor = "a"))
        database.put(photoSample(KEY.copy(volume = "card", id = 2), FEATURES, extractor = "a"))
        media.forget(KEY.volume, listOf(2))
        assertEquals(listOf(KEY.id), known(KEY.volume))
        assertEquals(listOf<Long>(2), known("card"))
        assertEquals(2, count("features"))
        assertEquals(2, count("analysis_status"))
    }

    @Test
    fun features_ofAMonth_areListedOnceAndReadByItem() = runTest {
        repeat(7) {
            val key = KEY.copy(id = 9L - it)
            database.put(photoSample(key, FEATURES, 5L, extractor = "a", timed = it == 0))
        }
        val month = database.profiles().months("a", "").single().month
        val photos = features.times("a", month)
        assertEquals(List(7) { 5L }, photos.map { it.takenAtMs })
        assertEquals(listOf(true) + List(6) { false }, photos.map { it.timed })
        val pages = photos.map { it.item }.chunked(3).map { features.features("a", it) }
        assertEquals(listOf(3, 3, 1), pages.map { it.size })
        assertEquals((9L downTo 3L).toList(), pages.flatten().map { it.mediaId })
    }

    @Test
    fun checkpoints_ofALaterScan_leaveThoseOfVolumesThatAreNotMounted() = runTest {
        val inside = Checkpoint("external_primary", "1", 5, "a")
        media.putCheckpoints(listOf(inside, inside.copy(volume = "card")))
        media.endScan(listOf(inside.copy(generation = 6)), emptyList())
        val expected = listOf(inside.copy(volume = "card"), inside.copy(generation = 6))
        assertEquals(expected, media.checkpoints())
        // Access to a selection of photos: nothing is known of what comes and goes.
        media.endScan(emptyList(), emptyList())
        assertEquals(emptyList<Checkpoint>(), media.checkpoints())
    }

    @Test
    fun failures_reasonOfAnotherVersion_isNoCrash() = runTest {
        database.put(photoSample(KEY, null, failure = PhotoProblem.BROKEN))
        database.openHelper.writableDatabase
            .execSQL("UPDATE analysis_status SET reason = 'EATEN_BY_A_DOG'")
        assertEquals(PhotoProblem.BROKEN, database.failures().single().problem)
    }

    @Test
    fun hidden_interest_comesAndGoes() = runTest {
        choices.hidden().test {
            assertEquals(emptyList<String>(), awaitItem())
            choices.hide("x")
            assertEquals(listOf("x"), awaitItem())
            choices.clearFeedback("x")
            assertEquals(emptyList<String>(), awaitItem())
        }
    }

    @Test
    fun pin_hiddenInterest_takesTheOtherWordBack() = runTest {
        choices.hide("x")
        choices.pin("x")
        assertEquals(emptyList<String>(), choices.hidden().first())
        assertEquals(listOf("x"), choices.pinned().first())
        choices.hide("x")
        assertEquals(emptyList<String>(), choices.pinned().first())
    }

    @Test
    fun exclude_album_forgetsItsPhotosAndAllMadeOfThem() = runTest {
        database.put(photoSample(KEY, FEATURES, extractor = "a", album = "shots"))
        database.put(photoSample(KEY.copy(id = 2), FEATURES, extractor = "a", album = "camera"))
        database.put(photoSample(KEY.copy(id = 3), FEATURES, extractor = "a"))
        val month = database.profiles().months("a", "").single().month
        database.profiles().put(MonthState(month, "m", 3, 3, 6, byteArrayOf(1)))
        database.profiles().put(StoredProfile("all", "m", 1, ""))
        media.putCheckpoints(listOf(Checkpoint("external_primary", "1", 5, "a")))
        choices.exclude(ExcludedAlbum("shots", "Screenshots"))
        assertEquals(setOf(2L, 3L), known(KEY.volume).toSet())
        // The state of the month no longer fits.
        assertEquals(2, database.profiles().months("a", "m").single().knownPhotos)
        assertNull(database.profiles().profile("all", "m"))
        assertEquals(emptyList<Checkpoint>(), media.checkpoints())
        assertEquals(listOf("shots"), media.excludedAlbums())
    }

    @Test
    fun put_photoOfAnExcludedAlbum_isNotKept() = runTest {
        choices.exclude(ExcludedAlbum("shots", "Screenshots"))
        database.put(photoSample(KEY, FEATURES, extractor = "a", album = "shots"))
        assertEquals(StoreCounts(0, 0), database.readCounts("a"))
        choices.include("shots")
        database.put(photoSample(KEY, FEATURES, extractor = "a", album = "shots"))
        assertEquals(StoreCounts(1, 0), database.readCounts("a"))
    }

    @Test
    fun endScan_otherAlbumsExcludedMeanwhile_leavesNoCheckpoint() = runTest {
        val checkpoint = Checkpoint("external_primary", "1", 5, "a")
        choices.exclude(ExcludedAlbum("shots", "Screenshots"))
        assertEquals(false, media.endScan(listOf(checkpoint), emptyList()))
        assertEquals(emptyList<Checkpoint>(), media.checkpoints())
        assertEquals(true, media.endScan(listOf(checkpoint), listOf("shots")))
        assertEquals(listOf(checkpoint), media.checkpoints())
    }

    @Test
    fun months_anyMonth_returnsFromItsNumber() {
        for (month in listOf(
            YearMonth.of(1969, 12),
            YearMonth.of(1970, 1),
            YearMonth.of(2026, 11)
        )) {
            assertEquals(month, monthOf(month.number()))
        }
        assertEquals(YearMonth.of(1970, 1), monthOf(0, ZoneOffset.UTC))
    }

    /** A file of every exported version opens with today's code, by real SQLite. */
    @Test
    fun open_fileOfEverySchemaVersion_keepsItsRows() = runTest {
        val schemas = File("schemas/${PhotoDatabase::class.java.name}").listFiles().orEmpty()
        assertEquals(PhotoDatabase.VERSION, schemas.size)
        for (schema in schemas) {
            val name = "old-${schema.name}.db"
            createOldFile(name, schema)
            val opened = PhotoDatabase.builder(application, name).allowMainThreadQueries().build()
            assertEquals(schema.name, "kept", opened.feedback().hidden().first().single())
            opened.close()
        }
    }

    /** The app was downgraded: what a later version wrote cannot be read, and is reported. */
    @Test
    fun open_fileOfALaterVersion_isResetAndReported() = runTest {
        val path = application.getDatabasePath("later.db").apply { parentFile?.mkdirs() }
        SQLiteDatabase.openOrCreateDatabase(path, null).use {
            it.execSQL("CREATE TABLE later (a TEXT)")
            it.version = PhotoDatabase.VERSION + 1
        }
        var resets = 0
        val opened = PhotoDatabase.builder(application, "later.db") { resets++ }
            .allowMainThreadQueries().build()
        opened.put(photoSample(KEY, FEATURES))
        assertEquals(StoreCounts(1, 0), opened.readCounts())
        assertEquals(1, resets)
        opened.close()
    }

    private suspend fun known(volume: String) =
        media.known(volume, emptyList(), retry = false).map { it.mediaId }

    private fun count(table: String) = database.openHelper.readableDatabase
        .query("SELECT count(*) FROM $table").use {
            it.moveToFirst()
            it.getInt(0)
        }

    private fun createOldFile(name: String, schemaFile: File) {
        val schema = Json.parseToJsonElement(schemaFile.readText()).jsonObject
            .getValue("database").jsonObject
        val path = application.getDatabasePath(name).apply { parentFile?.mkdirs() }
        SQLiteDatabase.openOrCreateDatabase(path, null).use { file ->
            for (entity in schema.getValue("entities").jsonArray.map { it.jsonObject }) {
                val table = entity.getValue("tableName").jsonPrimitive.content
                val statements = listOf(entity) +
                    entity["indices"]?.jsonArray.orEmpty().map { it.jsonObject }
                statements.forEach {
                    val sql = it.getValue("createSql").jsonPrimitive.content
                    file.execSQL(sql.replace("\${TABLE_NAME}", table))
                }
            }
            schema.getValue("setupQueries").jsonArray.forEach {
                file.execSQL(it.jsonPrimitive.content)
            }
            file.version = schema.getValue("version").jsonPrimitive.content.toInt()
            file.execSQL("INSERT INTO hidden_interests VALUES ('kept')")
        }
    }
}
