package org.photointerests.pipeline.analysis.detections

import androidx.datastore.preferences.core.PreferenceDataStoreFactory
import java.io.File
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.sync.Mutex
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.photointerests.core.PhotoKey
import org.photointerests.core.Settings
import org.photointerests.pipeline.analysis.people.Framing
import org.photointerests.pipeline.analysis.people.People
import org.photointerests.pipeline.analysis.people.PhotoPeople
import org.photointerests.pipeline.runtime.ThermalState
import org.photointerests.pipeline.scan.Analyzers
import org.photointerests.search.PeopleSearchSource
import org.photointerests.search.PhotoSearch
import org.photointerests.support.AppTestRunner
import org.photointerests.support.FakePhotoSource
import org.photointerests.support.TestBundle
import org.photointerests.support.TestDetectors
import org.photointerests.support.memoryDatabase
import org.photointerests.support.photoSample
import org.photointerests.support.put

private val PICTURES = listOf("face", "clock", "three_faces", "face_and_clock", "wall")

/** Faces of drawn photos, by the real detector, on a real database. */
@RunWith(AppTestRunner::class)
class DetectionAnalyzerTest {
    @get:Rule val folder = TemporaryFolder()
    private val files = TestDetectors.files(DetectionAnalyzer.FACES)
    private val card = TestBundle.bundle.card
    private val database = memoryDatabase()
    private val gallery = FakePhotoSource()
    private val settings by lazy {
        Settings(
            PreferenceDataStoreFactory.create { File(folder.root, "settings.preferences_pb") }
        )
    }
    private val squares = PhotoSquares(gallery, card.input)
    private val analyzer =
        DetectionAnalyzer(files, squares, database.detections(), isOptIn = true)
    private val analyzers by lazy {
        val cool = flowOf(ThermalState.NOMINAL)
        Analyzers(
            listOf(analyzer),
            database,
            settings,
            Mutex(),
            cool,
            card.extractorVersion
        )
    }
    private val faces = PhotoDetections(database.detections(), files.card, card.input)
    private val people = PhotoPeople(faces, null)
    private val search = PhotoSearch(database, listOf(PeopleSearchSource(people)))

    @Before
    fun fill() = runBlocking {
        val features = TestBundle.goldenFeatures()
        PICTURES.forEachIndexed { index, picture ->
            val key = gallery.put(index.toLong(), TestDetectors.picture(picture))
            database.put(photoSample(key, features[index], index.toLong()))
        }
    }

    @After
    fun close() = database.close()

    @Test
    fun untilItIsSwitchedOn_noPhotoIsOpened() = runBlocking {
        assertEquals(listOf(false), analyzers.choices.first().map { it.on })
        analyzers.run()
        assertEquals(emptyMap<PhotoKey, Int>(), gallery.opened)
        assertEquals(0, rows())
    }

    @Test
    fun switchedOn_peopleAreCounted_andFoundByWords() = runBlocking {
        find()
        assertEquals(listOf(1, 0, 3, 1, 0), PICTURES.indices.map { faces.ofPhoto(key(it)).size })
        assertEquals(People(1, Framing.PORTRAIT), people.ofPhoto(key(0)))
        assertNull(people.ofPhoto(key(1)))
        assertEquals(People(3, Framing.GROUP), people.ofPhoto(key(2)))
        val choice = analyzers.choices.first().single()
        assertTrue(choice.on)
        assertEquals(5 * DetectionRow.BYTES, choice.bytes)
        search.refresh()
        assertEquals(listOf(key(3), key(0)), search.search("Portrait", 9).photos)
        assertEquals(listOf(key(2)), search.search("Gruppe", 9).photos)
        assertEquals(1, search.search("groupe", 9).hits.single().photos)
        assertTrue(search.search("two people", 9).photos.isEmpty())
    }

    @Test
    fun everyPhoto_isOpenedOnce() = runBlocking {
        find()
        val opened = gallery.opened.toMap()
        analyzers.run()
        assertEquals(PICTURES.size, opened.size)
        assertEquals(opened, gallery.opened)
    }

    @Test
    fun photoThatIsGone_costsItselfAlone_andIsTriedAgain() = runBlocking {
        gallery.remove(key(0))
        find()
        assertEquals(listOf(0, 0, 3, 1, 0), PICTURES.indices.map { faces.ofPhoto(key(it)).size })
        gallery.put(0, TestDetectors.picture("face"))
        analyzers.run()
        assertEquals(1, faces.ofPhoto(key(0)).size)
    }

    @Test
    fun switchedOff_allOfItIsDeleted() = runBlocking {
        find()
        analyzers.set(analyzer.name, on = false)
        assertEquals(0, rows())
        assertEquals(0L, analyzers.choices.first().single().bytes)
        assertFalse(analyzers.choices.first().single().on)
        analyzers.run()
        assertEquals(0, rows())
        find()
        assertEquals(5, rows())
    }

    @Test
    fun afterEverythingWasDeleted_itIsOffAgain() = runBlocking {
        find()
        settings.clear()
        assertFalse(analyzers.choices.first().single().on)
    }

    @Test
    fun changedPhoto_losesItsFaces() = runBlocking {
        find()
        database.put(photoSample(key(2), TestBundle.goldenFeatures()[9], 2, generation = 2))
        assertEquals(emptyList<Detection>(), faces.ofPhoto(key(2)))
        gallery.put(2, TestDetectors.picture("face"), generation = 2)
        analyzers.run()
        assertEquals(1, faces.ofPhoto(key(2)).size)
    }

    private suspend fun find() {
        analyzers.set(analyzer.name, on = true)
        analyzers.run()
    }

    private suspend fun rows() = database.detections().count(analyzer.name).first()

    private fun key(id: Int) = PhotoKey("external_primary", id.toLong())
}
