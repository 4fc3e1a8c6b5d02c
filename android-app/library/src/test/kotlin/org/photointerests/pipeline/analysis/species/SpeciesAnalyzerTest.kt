package org.photointerests.pipeline.analysis.species

import androidx.datastore.preferences.core.PreferenceDataStoreFactory
import java.io.File
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.sync.Mutex
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.photointerests.core.AnalyzerFiles
import org.photointerests.core.PhotoKey
import org.photointerests.core.Settings
import org.photointerests.insights.interests.InterestModel
import org.photointerests.pipeline.analysis.IndexAnalyzer
import org.photointerests.pipeline.analysis.detections.DetectionAnalyzer
import org.photointerests.pipeline.analysis.detections.DetectionRow
import org.photointerests.pipeline.analysis.detections.PhotoDetections
import org.photointerests.pipeline.analysis.detections.PhotoSquares
import org.photointerests.pipeline.analysis.species.SpeciesAnalyzer.Companion.BIRDS
import org.photointerests.pipeline.analysis.species.SpeciesAnalyzer.Companion.INSECTS
import org.photointerests.pipeline.runtime.ThermalState
import org.photointerests.pipeline.scan.Analyzers
import org.photointerests.search.ObjectSearchSource
import org.photointerests.search.PhotoSearch
import org.photointerests.support.AppTestRunner
import org.photointerests.support.FakePhotoSource
import org.photointerests.support.TestBundle
import org.photointerests.support.TestDetectors
import org.photointerests.support.TestSpecies
import org.photointerests.support.memoryDatabase
import org.photointerests.support.photoSample
import org.photointerests.support.put

private val PICTURES = listOf("face", "clock", "two_clocks", "wall")

/** Species on drawn photos, of which the detector takes clocks for birds, with the real models. */
@RunWith(AppTestRunner::class)
class SpeciesAnalyzerTest {
    @get:Rule val folder = TemporaryFolder()
    private val card = TestBundle.bundle.card
    private val model = InterestModel(TestBundle.bundle)
    private val database = memoryDatabase()
    private val gallery = FakePhotoSource()
    private val settings by lazy {
        Settings(
            PreferenceDataStoreFactory.create { File(folder.root, "settings.preferences_pb") }
        )
    }
    private val packs = mutableMapOf<String, AnalyzerFiles>()
    private val added = MutableStateFlow<List<IndexAnalyzer>>(emptyList())
    private var species = species(TestSpecies.objects())
    private var analyzers = analyzers(TestSpecies.objects())

    @Before
    fun fill() = runBlocking {
        val features = TestBundle.goldenFeatures()
        PICTURES.forEachIndexed { index, picture ->
            val key = gallery.put(index.toLong(), TestDetectors.picture(picture))
            database.put(photoSample(key, features[index], index.toLong()))
        }
    }

    @After
    fun close() {
        database.close()
        model.close()
    }

    @Test
    fun birds_areNamedInTheBoxesOfBirdsAlone_andFoundByTheirNames() = runBlocking {
        add(BIRDS)
        analyzers.run()
        assertEquals(listOf(0, 1, 2, 0), PICTURES.indices.map { species.ofPhoto(key(it)).size })
        val one = species.ofPhoto(key(1)).single()
        assertEquals(TestSpecies.NAME, one.label.names["en"])
        assertTrue("${one.probability}", one.probability in 0.3f..1f)
        val box = database.detections().ofPhoto("objects", objects().version, "external_primary", 1)
        assertEquals(box.single().detection().box, one.box)
        // By the detector, and those with birds again, larger where a box is small.
        val once = gallery.opened.getValue(key(0))
        val opened = PICTURES.indices.map { gallery.opened.getValue(key(it)) }
        assertEquals(listOf(false, true, true, false), opened.map { it >= 2 * once })
        assertEquals(once, opened.last())
        val choice = analyzers.choices.first().first { it.name == BIRDS }
        assertTrue(choice.on)
        assertEquals(3 * DetectionRow.BYTES, choice.bytes)
        val search = PhotoSearch(
            database,
            SpeciesPacks.NAMES.map { name -> ObjectSearchSource(name) { species.found(name) } }
        )
        search.refresh()
        assertEquals(listOf(key(2), key(1)), search.search("drawn animal", 9).photos)
        assertEquals(2, search.search("Drawn", 9).hits.single().photos)
        assertTrue(search.search("flamingo", 9).photos.isEmpty())
        // By a scientific name, too: it is one of a label that no photo shows.
        assertTrue(search.search("phoenicopterus", 9).photos.isEmpty())
        analyzers.run()
        assertEquals(opened, PICTURES.indices.map { gallery.opened.getValue(key(it)) })
    }

    @Test
    fun otherObjects_haveBirdsNamedAgain_andMixNothing() = runBlocking {
        add(BIRDS)
        analyzers.run()
        val none = TestSpecies.objects(least = 0.99f)
        species = species(none)
        analyzers = analyzers(none)
        add(BIRDS)
        analyzers.run()
        assertTrue(PICTURES.indices.all { species.ofPhoto(key(it)).isEmpty() })
        assertEquals(0, database.detections().count(BIRDS).first())
    }

    @Test
    fun objectsSwitchedOff_leaveNoBirds_untilTheyAreOnAgain() = runBlocking {
        add(BIRDS)
        analyzers.run()
        analyzers.set(DetectionAnalyzer.OBJECTS, on = false)
        assertEquals(0, database.detections().count(BIRDS).first())
        analyzers.run()
        assertEquals(0, database.detections().count(BIRDS).first())
        analyzers.set(DetectionAnalyzer.OBJECTS, on = true)
        analyzers.run()
        assertEquals(3, database.detections().count(BIRDS).first())
    }

    @Test
    fun insects_areSoughtWhereTheClassifierSeesOne() = runBlocking {
        packs[INSECTS] = TestSpecies.files(INSECTS)
        added.value = listOfNotNull(species.analyzer(packs.getValue(INSECTS)))
        analyzers.set(DetectionAnalyzer.OBJECTS, on = false)
        analyzers.run()
        val gate = packs.getValue(INSECTS).card.gate
        val kinds = card.kinds.withIndex().filter { it.value.id in gate }
        val features = TestBundle.goldenFeatures().take(PICTURES.size).toTypedArray()
        val likely = checkNotNull(model.predict(features, withKinds = true).photoKinds)
            .map { photo -> kinds.sumOf { photo[it.index].toDouble() } }
        val expected = likely.indices.filter { likely[it] >= 0.5 }.map(::key).toSet()
        assertEquals(expected, gallery.opened.keys)
        add(INSECTS)
        analyzers.run()
        assertEquals(listOf(1, 1, 1, 1), PICTURES.indices.map { species.ofPhoto(key(it)).size })
        assertEquals(0.25f, species.ofPhoto(key(2)).single().box.left)
        analyzers.set(INSECTS, on = false)
        assertTrue(species.ofPhoto(key(2)).isEmpty())
    }

    @Test
    fun photoThatIsGone_costsItselfAlone_andAChangedOneLosesItsBirds() = runBlocking {
        analyzers.run()
        gallery.remove(key(1))
        add(BIRDS)
        analyzers.run()
        assertEquals(listOf(0, 0, 2, 0), PICTURES.indices.map { species.ofPhoto(key(it)).size })
        database.put(photoSample(key(2), TestBundle.goldenFeatures()[9], 2, generation = 2))
        assertEquals(0, database.detections().count(BIRDS).first())
    }

    @Test
    fun withoutObjects_orTheKindsOfItsGate_anAnalyzerDoesNotRun() {
        val without = SpeciesPacks(card, gallery, database, null, { null }) { model }
        assertNull(without.analyzer(TestSpecies.files(BIRDS)))
        val few = card.copy(kinds = card.kinds.take(3))
        val other = SpeciesPacks(few, gallery, database, objects(), { null }) { model }
        assertNull(other.analyzer(TestSpecies.files(INSECTS)))
        assertEquals(emptyMap<String, PhotoDetections>(), other.found())
    }

    private fun add(name: String) {
        packs[name] = TestSpecies.surePack(name)
        added.value = listOf(checkNotNull(species.analyzer(packs.getValue(name))))
    }

    private fun objects(files: AnalyzerFiles = TestSpecies.objects()) =
        PhotoDetections(database.detections(), files.card, card.input)

    private fun species(files: AnalyzerFiles) =
        SpeciesPacks(card, gallery, database, objects(files), packs::get) { model }

    private fun analyzers(files: AnalyzerFiles): Analyzers {
        val squares = PhotoSquares(gallery, card.input)
        val detector = DetectionAnalyzer(files, squares, database.detections(), isOptIn = false)
        val cool = flowOf(ThermalState.NOMINAL)
        val extractor = card.extractorVersion
        return Analyzers(listOf(detector), database, settings, Mutex(), cool, extractor, added)
    }

    private fun key(id: Int) = PhotoKey("external_primary", id.toLong())
}
