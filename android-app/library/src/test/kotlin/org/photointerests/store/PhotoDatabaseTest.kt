package org.photointerests.store

import android.app.Application
import android.database.sqlite.SQLiteDatabase
import androidx.room.Room
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
import org.photointerests.gallery.PhotoKey
import org.photointerests.model.PhotoProblem
import org.photointerests.support.AppTestRunner
import org.photointerests.support.memoryDatabase
import org.photointerests.support.photoRow

private val KEY = PhotoKey("external_primary", 1)
private val FEATURES = byteArrayOf(0, 127, -128, -1)

@RunWith(AppTestRunner::class)
class PhotoDatabaseTest {
    private val application = ApplicationProvider.getApplicationContext<Application>()
    private val database = memoryDatabase()
    private val photos = database.photos()
    private val choices = database.choices()

    @After
    fun close() = database.close()

    @Test
    fun put_features_readsTheSameBytes() = runTest {
        photos.put(photoRow(KEY, FEATURES, extractor = "a"))
        val stored = checkNotNull(photos.features("a", KEY.volume, KEY.id))
        assertArrayEquals(FEATURES, stored.features)
        assertEquals(KEY, stored.key)
    }

    @Test
    fun features_ofAnotherExtractor_areNotMixedIn() = runTest {
        photos.put(photoRow(KEY, FEATURES, extractor = "old"))
        assertNull(photos.features("new", KEY.volume, KEY.id))
        assertEquals(emptyList<MonthCount>(), photos.months("new"))
        assertEquals(StoreCounts(0, 0), photos.counts("new").first())
    }

    @Test
    fun put_sameIdOnTwoVolumes_keepsBoth() = runTest {
        photos.put(photoRow(KEY, FEATURES, extractor = "a"))
        photos.put(photoRow(KEY.copy(volume = "card"), FEATURES, extractor = "a"))
        assertEquals(StoreCounts(2, 0), photos.counts("a").first())
    }

    @Test
    fun failures_brokenPhoto_tellsWhy() = runTest {
        photos.put(photoRow(KEY, null, failure = PhotoProblem.BROKEN))
        val failed = FailedPhoto(KEY.volume, KEY.id, PhotoProblem.BROKEN)
        assertEquals(listOf(failed), photos.failures(limit = 10).first())
    }

    @Test
    fun forget_photoThatIsGone_removesItAlone() = runTest {
        photos.put(photoRow(KEY, FEATURES, extractor = "a"))
        photos.put(photoRow(KEY.copy(id = 2), FEATURES, extractor = "a"))
        photos.put(photoRow(KEY.copy(volume = "card", id = 2), FEATURES, extractor = "a"))
        photos.forget(KEY.volume, listOf(2))
        assertEquals(listOf(KEY.id), photos.known(KEY.volume, "a").map { it.id })
        assertEquals(listOf<Long>(2), photos.known("card", "a").map { it.id })
    }

    @Test
    fun features_ofAMonth_comeInPagesWithoutRepeats() = runTest {
        repeat(7) { photos.put(photoRow(KEY.copy(id = 9L - it), FEATURES, extractor = "a")) }
        val month = photos.months("a").single().month
        val pages = generateSequence(listOf<PhotoFeatures>()) { last ->
            kotlinx.coroutines.runBlocking {
                photos.features("a", month, last.lastOrNull()?.row ?: Long.MIN_VALUE, 3)
            }
        }.drop(1).takeWhile { it.isNotEmpty() }.toList()
        assertEquals(listOf(3, 3, 1), pages.map { it.size })
        assertEquals((3L..9L).toSet(), pages.flatten().map { it.id }.toSet())
    }

    @Test
    fun checkpoints_ofALaterScan_replaceAllOthers() = runTest {
        val inside = Checkpoint("external_primary", "1", 5, "a")
        photos.replaceCheckpoints(listOf(inside, inside.copy(volume = "card")))
        photos.replaceCheckpoints(listOf(inside.copy(generation = 6)))
        assertEquals(listOf(inside.copy(generation = 6)), photos.checkpoints())
    }

    @Test
    fun hidden_interest_comesAndGoes() = runTest {
        choices.hidden().test {
            assertEquals(emptyList<String>(), awaitItem())
            choices.hide("x")
            assertEquals(listOf("x"), awaitItem())
            choices.forgetWord("x")
            assertEquals(emptyList<String>(), awaitItem())
        }
    }

    @Test
    fun want_hiddenInterest_takesTheOtherWordBack() = runTest {
        choices.hide("x")
        choices.want("x")
        assertEquals(emptyList<String>(), choices.hidden().first())
        assertEquals(listOf("x"), choices.wanted().first())
        choices.hide("x")
        assertEquals(emptyList<String>(), choices.wanted().first())
    }

    @Test
    fun exclude_album_forgetsItsPhotosAndAllMadeOfThem() = runTest {
        photos.put(photoRow(KEY, FEATURES, extractor = "a", album = "shots"))
        photos.put(photoRow(KEY.copy(id = 2), FEATURES, extractor = "a", album = "camera"))
        photos.put(photoRow(KEY.copy(id = 3), FEATURES, extractor = "a"))
        val month = photos.months("a").single().month
        database.profiles().begin(MonthState(month, "m", 1, byteArrayOf(1)))
        database.profiles().put(StoredProfile("all", "m", 1, ""))
        photos.replaceCheckpoints(listOf(Checkpoint("external_primary", "1", 5, "a")))
        choices.exclude(ExcludedAlbum("shots", "Screenshots"))
        assertEquals(setOf(2L, 3L), photos.known(KEY.volume, "a").map { it.id }.toSet())
        assertEquals(emptyList<MonthState>(), database.profiles().monthStates("m"))
        assertNull(database.profiles().profile("all", "m"))
        assertEquals(emptyList<Checkpoint>(), photos.checkpoints())
        assertEquals(listOf("shots"), photos.excludedAlbums())
    }

    @Test
    fun put_photoOfAnExcludedAlbum_isNotKept() = runTest {
        choices.exclude(ExcludedAlbum("shots", "Screenshots"))
        photos.put(photoRow(KEY, FEATURES, extractor = "a", album = "shots"))
        assertEquals(StoreCounts(0, 0), photos.counts("a").first())
        choices.include("shots")
        photos.put(photoRow(KEY, FEATURES, extractor = "a", album = "shots"))
        assertEquals(StoreCounts(1, 0), photos.counts("a").first())
    }

    @Test
    fun endScan_otherAlbumsExcludedMeanwhile_leavesNoCheckpoint() = runTest {
        val checkpoint = Checkpoint("external_primary", "1", 5, "a")
        choices.exclude(ExcludedAlbum("shots", "Screenshots"))
        assertEquals(false, photos.endScan(listOf(checkpoint), emptyList()))
        assertEquals(emptyList<Checkpoint>(), photos.checkpoints())
        assertEquals(true, photos.endScan(listOf(checkpoint), listOf("shots")))
        assertEquals(listOf(checkpoint), photos.checkpoints())
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
            val opened = Room.databaseBuilder(application, PhotoDatabase::class.java, name)
                .allowMainThreadQueries()
                .build()
            assertEquals(schema.name, "kept", opened.choices().hidden().first().single())
            opened.close()
        }
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
