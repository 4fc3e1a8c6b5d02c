package org.photointerests.kill

import android.database.Cursor
import androidx.datastore.preferences.core.PreferenceDataStoreFactory
import java.io.File
import kotlin.random.Random
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.sync.Mutex
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.photointerests.core.PhotoKey
import org.photointerests.core.Settings
import org.photointerests.insights.interests.InterestModel
import org.photointerests.people.FaceIndex
import org.photointerests.people.peopleGroups
import org.photointerests.pipeline.analysis.KindGate
import org.photointerests.pipeline.analysis.detections.DetectionAnalyzer
import org.photointerests.pipeline.analysis.detections.PhotoDetections
import org.photointerests.pipeline.analysis.detections.PhotoSquares
import org.photointerests.pipeline.analysis.identity.IdentityAnalyzer
import org.photointerests.pipeline.analysis.places.PlaceAnalyzer
import org.photointerests.pipeline.analysis.scenes.SceneAnalyzer
import org.photointerests.pipeline.analysis.species.SpeciesPacks
import org.photointerests.pipeline.analysis.text.TextAnalyzer
import org.photointerests.pipeline.index.PhotoDatabase
import org.photointerests.pipeline.media.GeoLocation
import org.photointerests.pipeline.runtime.ThermalState
import org.photointerests.pipeline.scan.Analyzers
import org.photointerests.support.AppTestRunner
import org.photointerests.support.FakePhotoSource
import org.photointerests.support.FakePositions
import org.photointerests.support.TestBundle
import org.photointerests.support.TestDetectors
import org.photointerests.support.TestFaces
import org.photointerests.support.TestPlaces
import org.photointerests.support.TestScenes
import org.photointerests.support.TestSpecies
import org.photointerests.support.TestTexts
import org.photointerests.support.TestWords
import org.photointerests.support.photoSample
import org.photointerests.support.put

private const val PHOTOS = 20

// More than the photos of one transaction take: else a pass would never get on.
private const val MOST_STEPS = 600
private const val MOST_KILLS = 100
private val PICTURES = listOf("face", "wall", "three_faces", "clock")
private val TABLES = listOf(
    "scenes",
    "places",
    "photo_places",
    "detections",
    "text_lines",
    "text_interests",
    "faces",
    "face_clusters",
    "people",
    "search_documents",
    "analysis_status"
)

/** The passes of all analyzers after a scan, killed again and again at random steps. */
@RunWith(AppTestRunner::class)
class AnalyzersKillTest {
    @get:Rule val folder = TemporaryFolder()
    private val card = TestBundle.bundle.card

    // The last of the golden set: some of these photos may have text.
    private val features = TestBundle.goldenFeatures().takeLast(PHOTOS)
    private val model by lazy { InterestModel(TestBundle.bundle) }
    private val mayHaveText by lazy {
        KindGate(TestTexts.files.card, card) { model }.isOpen(features)
    }
    private val random = Random(5)
    private val gallery = FakePhotoSource()
    private val positions = FakePositions(
        (0 until PHOTOS).associateTo(mutableMapOf()) {
            key(it) to GeoLocation(40.4169, -3.7035).takeIf { _ -> it % 3 == 0 }
        }
    )
    private val settings by lazy {
        Settings(
            PreferenceDataStoreFactory.create { File(folder.root, "settings.preferences_pb") }
        )
    }

    @Before
    fun switchOn() = runBlocking { settings.setAnalyzer(IdentityAnalyzer.NAME, on = true) }

    @Test
    fun passes_killedAtRandomSteps_loseNothingAndDoNothingTwice() {
        var file = fill("killed.db")
        val kills = mutableListOf<Int>()
        while (true) {
            val before = withDatabase(file) { done(it) }
            val left = File(folder.root, "left-${kills.size}.db")
            val kill = KillSwitch(file, left, random.nextInt(1, MOST_STEPS))
            val database = killableDatabase(file, kill)
            try {
                runBlocking { analyzers(database).run() }
            } catch (_: Killed) {
                // As it was meant.
            }
            database.close()
            if (!kill.killed) break
            file = left
            val now = withDatabase(file) { done(it) }
            assertTrue("lost: ${before - now}", now.containsAll(before))
            kills += now.size
            assertTrue("no progress: $kills", kills.size < MOST_KILLS)
        }
        assertTrue("$kills", kills.size >= 3 && kills.distinct().size >= 2)
        val whole = fill("whole.db")
        withDatabase(whole) { analyzers(it).run() }
        val expected = withDatabase(whole) { contents(it) }
        assertTrue(TABLES.all { expected.getValue(it).isNotEmpty() })
        val named = withDatabase(whole) { database ->
            SpeciesPacks.NAMES.map { database.detections().count(it).first() }
        }
        assertTrue("$named", named.all { it > 0 })
        assertEquals(expected, withDatabase(file) { contents(it) })
    }

    private fun fill(name: String): File {
        val file = File(folder.root, name)
        withDatabase(file) { database ->
            repeat(PHOTOS) {
                val key = gallery.put(it.toLong(), picture(it))
                database.put(photoSample(key, features[it], it.toLong()))
            }
        }
        return file
    }

    /** Text where text is expected: all others are not opened for it. */
    private fun picture(number: Int) = when {
        mayHaveText[number] -> TestTexts.picture("receipt")
        else -> TestDetectors.picture(PICTURES[number % 4])
    }

    private fun analyzers(database: PhotoDatabase): Analyzers {
        val squares = PhotoSquares(gallery, card.input)
        val objects = TestSpecies.objects()
        val detectors = listOf(objects, TestDetectors.files(DetectionAnalyzer.FACES)).map {
            DetectionAnalyzer(it, squares, database.detections(), false)
        }
        val found = PhotoDetections(database.detections(), objects.card, card.input)
        val species = SpeciesPacks(card, gallery, database, found, { null }) { model }
        val added = SpeciesPacks.NAMES.map {
            checkNotNull(species.analyzer(TestSpecies.surePack(it)))
        }
        val index = FaceIndex(database)
        val people = peopleGroups(database, index)
        val all = listOf(
            SceneAnalyzer(
                TestScenes.files,
                card.extractorVersion,
                database.features(),
                database.scenes()
            ),
            PlaceAnalyzer(TestPlaces.files(), positions, database.places()),
            TextAnalyzer(TestTexts.files, card, gallery, database, TestWords.words) { model },
            IdentityAnalyzer(TestFaces.files, card.input, gallery, index, people)
        ) + detectors
        val cool = flowOf(ThermalState.NOMINAL)
        val extractor = card.extractorVersion
        return Analyzers(all, database, settings, Mutex(), cool, extractor, flowOf(added))
    }

    /** Which analyzer is done with which photo. */
    private fun done(database: PhotoDatabase) =
        rows(database, "SELECT analyzer, item FROM analysis_status WHERE state = 2").toSet()

    private fun contents(database: PhotoDatabase) = TABLES.associateWith { table ->
        rows(database, "SELECT * FROM $table ORDER BY 1, 2, 3")
    }

    private fun rows(database: PhotoDatabase, sql: String): List<List<String?>> =
        database.openHelper.writableDatabase.query(sql).use { cursor ->
            buildList {
                while (cursor.moveToNext()) {
                    add((0 until cursor.columnCount).map { cursor.text(it) })
                }
            }
        }

    private fun Cursor.text(column: Int): String? = if (getType(column) == Cursor.FIELD_TYPE_BLOB) {
        getBlob(column).contentToString()
    } else {
        getString(column)
    }

    private fun key(id: Int) = PhotoKey("external_primary", id.toLong())
}
