package org.photointerests.pipeline.analysis.identity

import androidx.datastore.preferences.core.PreferenceDataStoreFactory
import java.io.File
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.sync.Mutex
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.photointerests.core.AnalyzerFiles
import org.photointerests.core.PhotoKey
import org.photointerests.core.Settings
import org.photointerests.people.FaceIndex
import org.photointerests.people.FaceRow
import org.photointerests.people.PersonGroup
import org.photointerests.people.peopleGroups
import org.photointerests.pipeline.analysis.IndexAnalyzer
import org.photointerests.pipeline.runtime.ThermalState
import org.photointerests.pipeline.scan.Analyzers
import org.photointerests.support.AppTestRunner
import org.photointerests.support.FakePhotoSource
import org.photointerests.support.TestBundle
import org.photointerests.support.TestDetectors
import org.photointerests.support.TestFaces
import org.photointerests.support.memoryDatabase
import org.photointerests.support.photoSample
import org.photointerests.support.put

private val PICTURES = listOf("face", "wall", "face", "three_faces", "clock_above_face")

/** People on drawn photos, by the real networks, on a real database. */
@RunWith(AppTestRunner::class)
class IdentityAnalyzerTest {
    @get:Rule val folder = TemporaryFolder()
    private val card = TestBundle.bundle.card
    private val database = memoryDatabase()
    private val gallery = FakePhotoSource()
    private val settings by lazy {
        Settings(
            PreferenceDataStoreFactory.create { File(folder.root, "settings.preferences_pb") }
        )
    }
    private val index = FaceIndex(database)
    private val groups = peopleGroups(database, index)
    private val added = MutableStateFlow<List<IndexAnalyzer>>(emptyList())
    private val analyzers by lazy {
        val cool = flowOf(ThermalState.NOMINAL)
        val absent = mapOf(IdentityAnalyzer.NAME to suspend { index.deleteAll() })
        val extractor = card.extractorVersion
        Analyzers(emptyList(), database, settings, Mutex(), cool, extractor, added, absent)
    }

    @Before
    fun fill() = runBlocking {
        PICTURES.forEachIndexed { id, picture -> put(id, picture) }
        added.value = listOf(analyzer())
    }

    @After
    fun close() = database.close()

    @Test
    fun untilItIsSwitchedOn_noPhotoIsOpened_andNothingIsKept() = runBlocking {
        analyzers.run()
        assertEquals(emptyMap<PhotoKey, Int>(), gallery.opened)
        assertEquals(0, database.faces().count())
        val choice = analyzers.choices.first().single()
        assertEquals(false to 0L, choice.on to choice.bytes)
    }

    @Test
    fun samePerson_isAGroup() = runBlocking {
        find()
        assertEquals(6, database.faces().count())
        assertEquals(6 * FaceRow.BYTES, analyzers.choices.first().single().bytes)
        val of = groups.all.first().first()
        val photos = groups.photos(of.id, 9)
        assertTrue("$photos", photos.containsAll(listOf(key(0), key(2))))
        assertTrue(of.photos >= 2)
        val opened = gallery.opened.toMap()
        analyzers.run()
        assertEquals(opened, gallery.opened)
    }

    @Test
    fun switchedOff_allIsDeleted_andSoughtAgainOnceItIsOn() = runBlocking {
        find()
        groups.name(groups.all.first().first().id, "Anna")
        analyzers.set(IdentityAnalyzer.NAME, on = false)
        assertEquals(emptyList<PersonGroup>(), groups.all.first())
        assertNothingIsLeft()
        analyzers.run()
        assertNothingIsLeft()
        find()
        assertEquals(6, database.faces().count())
    }

    @Test
    fun switchedOff_whereThePackIsGone_allIsDeletedToo() = runBlocking {
        find()
        added.value = emptyList()
        analyzers.set(IdentityAnalyzer.NAME, on = false)
        assertNothingIsLeft()
        added.value = listOf(analyzer())
        find()
        assertEquals(6, database.faces().count())
    }

    @Test
    fun switchedOffWhileItRuns_nothingMoreIsWritten() = runBlocking {
        gallery.onOpen = {
            gallery.onOpen = {}
            runBlocking { settings.setAnalyzer(IdentityAnalyzer.NAME, on = false) }
        }
        find()
        assertEquals(0, database.faces().count())
    }

    @Test
    fun changedPhoto_losesItsFaces_andItsNewOnesJoinTheGroup() = runBlocking {
        find()
        val before = groups.all.first().first()
        gallery.put(1, TestDetectors.picture("face"), generation = 2)
        database.put(photoSample(key(1), byteArrayOf(1), 1, generation = 2))
        gallery.put(0, TestDetectors.picture("wall"), generation = 2)
        database.put(photoSample(key(0), byteArrayOf(1), 0, generation = 2))
        analyzers.run()
        assertEquals(6, database.faces().count())
        val photos = groups.photos(before.id, 9)
        assertTrue("$photos", key(1) in photos && key(0) !in photos)
    }

    @Test
    fun forgottenPerson_doesNotComeBack() = runBlocking {
        find()
        val all = groups.all.first()
        val faces = database.faces().count()
        groups.forget(all.first().id)
        analyzers.run()
        assertEquals(faces - all.first().faces, database.faces().count())
    }

    @Test
    fun newCard_readsAgain_andDoublesNothing_andKeepsNames() = runBlocking {
        find()
        val id = groups.all.first().first().id
        groups.name(id, "Anna")
        val opened = gallery.opened.toMap()
        added.value = listOf(analyzer(TestFaces.files("9.9.9")))
        analyzers.run()
        assertEquals(6, database.faces().count())
        assertEquals(opened.mapValues { 2 * it.value }, gallery.opened)
        assertTrue(groups.all.first().any { it.name == "Anna" })
    }

    @Test
    fun otherNetwork_deletesTheNumbersOfTheOldOne() = runBlocking {
        find()
        groups.name(groups.all.first().first().id, "Anna")
        index.begin("another")
        assertEquals(0, database.faces().count())
        assertEquals(emptyList<PersonGroup>(), groups.all.first())
    }

    @Test
    fun photoThatIsGone_costsItselfAlone() = runBlocking {
        gallery.remove(key(3))
        find()
        assertEquals(3, database.faces().count())
    }

    private suspend fun assertNothingIsLeft() {
        val tables = listOf("faces", "face_clusters", "people", "face_model")
        for (table in tables) {
            database.openHelper.writableDatabase.query("SELECT count(*) FROM $table").use {
                it.moveToFirst()
                assertEquals(table, 0, it.getInt(0))
            }
        }
        assertEquals(0L, groups.bytes.first())
    }

    private fun analyzer(files: AnalyzerFiles = TestFaces.files) =
        IdentityAnalyzer(files, card.input, gallery, index, groups)

    private suspend fun find() {
        settings.setAnalyzer(IdentityAnalyzer.NAME, on = true)
        analyzers.run()
    }

    private suspend fun put(id: Int, picture: String) {
        gallery.put(id.toLong(), TestDetectors.picture(picture))
        database.put(photoSample(key(id), byteArrayOf(1), id.toLong()))
    }

    private fun key(id: Int) = PhotoKey("external_primary", id.toLong())
}
