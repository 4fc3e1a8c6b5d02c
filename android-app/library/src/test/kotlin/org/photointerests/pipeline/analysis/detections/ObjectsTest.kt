package org.photointerests.pipeline.analysis.detections

import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.sync.Mutex
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.core.AnalyzerFiles
import org.photointerests.core.PhotoKey
import org.photointerests.core.PixelInput
import org.photointerests.pipeline.analysis.people.Framing
import org.photointerests.pipeline.analysis.people.People
import org.photointerests.pipeline.analysis.people.PhotoPeople
import org.photointerests.pipeline.scan.IndexPass
import org.photointerests.search.ObjectSearchSource
import org.photointerests.search.PhotoSearch
import org.photointerests.support.AppTestRunner
import org.photointerests.support.FakePhotoSource
import org.photointerests.support.TestBundle
import org.photointerests.support.TestDetectors
import org.photointerests.support.memoryDatabase
import org.photointerests.support.photoSample
import org.photointerests.support.put

private val LANGUAGES = setOf("en", "de", "fr", "es", "tr")
private const val CLOCK = 74
private val PICTURES = listOf("clock", "wall", "face_and_clock")

/** Objects of drawn photos, by the real detector, on a real database. */
@RunWith(AppTestRunner::class)
class ObjectsTest {
    private val files = TestDetectors.files(DetectionAnalyzer.OBJECTS)
    private val card = TestBundle.bundle.card
    private val database = memoryDatabase()
    private val gallery = FakePhotoSource()
    private val squares = PhotoSquares(gallery, card.input)
    private val analyzer = detector(files)
    private val objects = PhotoDetections(database.detections(), files.card, card.input)
    private val pass = IndexPass(database, card.extractorVersion, Mutex())
    private val search = PhotoSearch(database, listOf(ObjectSearchSource { objects }))

    @After
    fun close() = database.close()

    @Test
    fun photos_haveTheirObjects_andAreFoundByThemInEveryLanguage() = runBlocking {
        PICTURES.forEachIndexed { index, picture ->
            val key = gallery.put(index.toLong(), TestDetectors.picture(picture))
            database.put(photoSample(key, TestBundle.goldenFeatures()[index], index.toLong()))
        }
        assertEquals(3, pass.run(analyzer))
        val found = objects.ofPhoto(key(0)).byLabel(objects.card.labels).single()
        assertEquals("clock" to 1, found.label.id to found.count)
        assertEquals(emptyList<Detection>(), objects.ofPhoto(key(1)))
        assertEquals(2 * DetectionRow.BYTES, analyzer.storedBytes().first())
        search.refresh()
        for (word in listOf("clock", "clocks", "Uhren", "horloge", "relojes", "saat")) {
            assertEquals(word, listOf(key(2), key(0)), search.search(word, 9).photos)
        }
        assertEquals(2, search.search("clock", 9).hits.single().photos)
        assertEquals(0, search.search("giraffe", 9).photoCount)
    }

    @Test
    fun things_thatCoverMost_areFirst_withoutPeople() {
        val labels = objects.card.labels
        val (person, dog, car) = listOf("person", "dog", "car").map { id ->
            labels.indexOfFirst { it.id == id }
        }
        fun found(label: Int, side: Float) = Detection(label, 0.9f, Box(0f, 0f, side, side))
        val all = listOf(
            found(dog, 0.3f),
            found(person, 0.9f),
            found(car, 0.5f),
            found(dog, 0.2f),
            found(person, 0.1f)
        )
        assertEquals(
            listOf("car" to 1, "dog" to 2),
            all.byLabel(labels).map { it.label.id to it.count }
        )
        assertEquals(People(2, Framing.PAIR), PhotoPeople(null, objects).of(emptyList(), all))
    }

    @Test
    fun everyLabel_hasNamePhraseAndPlural_inEveryLanguage() {
        assertEquals(80, objects.card.labels.size)
        for (label in objects.card.labels) {
            for (texts in listOf(label.names, label.phrases, label.plurals.orEmpty())) {
                assertEquals(label.id, LANGUAGES, texts.filterValues { it.isNotBlank() }.keys)
            }
        }
    }

    @Test
    fun rowsOfRemovedPhotos_andOfAnotherVersion_areNotFound() = runBlocking {
        repeat(2) {
            val key = gallery.put(it.toLong(), TestDetectors.picture("two_clocks"))
            database.put(photoSample(key, TestBundle.goldenFeatures()[it], it.toLong()))
        }
        pass.run(analyzer)
        assertEquals(4, database.detections().count(analyzer.name).first())
        val items = objects.items(listOf(CLOCK)).map { it.item }
        database.media().delete(items.take(1))
        assertEquals(2, database.detections().count(analyzer.name).first())
        assertEquals(listOf(1), objects.counts().map { it.photos })
        val rule = card.input.copy(background = listOf(0, 0, 0))
        val other = PhotoDetections(database.detections(), files.card, rule)
        assertEquals(emptyList<Any>(), other.counts())
        assertEquals(emptyList<Detection>(), other.ofPhoto(key(1)))
    }

    @Test
    fun facesAndObjects_areFoundOnPhotosThatAreOpenedOnce() = runBlocking {
        val pictures = List(20) { listOf("face_and_clock", "three_faces")[it % 2] }
        pictures.forEachIndexed { index, picture ->
            val key = gallery.put(index.toLong(), TestDetectors.picture(picture))
            database.put(photoSample(key, TestBundle.goldenFeatures()[index % 9], index.toLong()))
        }
        val faceFiles = TestDetectors.files(DetectionAnalyzer.FACES)
        val faces = PhotoDetections(database.detections(), faceFiles.card, card.input)
        // A file is opened for its kind, its orientation and its pixels.
        PhotoSquares(gallery, card.input).square(key(0), files.card.input as PixelInput)
        val once = gallery.opened.getValue(key(0))
        gallery.opened.clear()
        assertEquals(40, pass.run(listOf(analyzer, detector(faceFiles))))
        assertEquals(pictures.indices.associate { key(it) to once }, gallery.opened)
        for (index in pictures.indices) {
            val found = objects.ofPhoto(key(index)).size to faces.ofPhoto(key(index)).size
            assertEquals(if (index % 2 == 0) 1 to 1 else 0 to 3, found)
        }
        // What was kept of a photo is not shown of its next version.
        gallery.put(0, TestDetectors.picture("wall"), generation = 2)
        val changed = photoSample(key(0), TestBundle.goldenFeatures()[0], 0, generation = 2)
        database.put(changed)
        pass.run(listOf(analyzer, detector(faceFiles)))
        assertEquals(emptyList<Detection>(), objects.ofPhoto(key(0)))
    }

    /** Squares are kept for another detector alone: they take 300 kB each. */
    @Test
    fun loneDetector_keepsNoPhoto() {
        val key = gallery.put(0, TestDetectors.picture("wall"))
        val input = files.card.input as PixelInput
        fun opened(action: () -> Unit): Int {
            val before = gallery.opened[key] ?: 0
            action()
            return (gallery.opened[key] ?: 0) - before
        }
        squares.join()
        val once = opened { squares.square(key, input) }
        assertEquals(once, opened { squares.square(key, input) })
        squares.join()
        assertEquals(once, opened { repeat(3) { squares.square(key, input) } })
        squares.leave()
        assertEquals(once, opened { squares.square(key, input) })
    }

    private fun detector(files: AnalyzerFiles) =
        DetectionAnalyzer(files, squares, database.detections(), isOptIn = false)

    private fun key(id: Int) = PhotoKey("external_primary", id.toLong())
}
