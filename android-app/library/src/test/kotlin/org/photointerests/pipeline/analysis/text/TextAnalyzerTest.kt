package org.photointerests.pipeline.analysis.text

import androidx.datastore.preferences.core.PreferenceDataStoreFactory
import java.io.File
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.sync.Mutex
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.photointerests.core.PhotoKey
import org.photointerests.core.Settings
import org.photointerests.insights.interests.InterestModel
import org.photointerests.pipeline.analysis.IndexAnalyzer
import org.photointerests.pipeline.runtime.ThermalState
import org.photointerests.pipeline.scan.Analyzers
import org.photointerests.search.PhotoSearch
import org.photointerests.support.AppTestRunner
import org.photointerests.support.FakePhotoSource
import org.photointerests.support.TestBundle
import org.photointerests.support.TestTexts
import org.photointerests.support.TestWords
import org.photointerests.support.memoryDatabase
import org.photointerests.support.photoSample
import org.photointerests.support.put

private val PICTURES = listOf("German", "private", "empty", "lying")

/** Text of drawn photos, by the real models, on a real database. */
@RunWith(AppTestRunner::class)
class TextAnalyzerTest {
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
    private val added = MutableStateFlow<List<IndexAnalyzer>>(emptyList())
    private val analyzers by lazy {
        val cool = flowOf(ThermalState.NOMINAL)
        val extractor = card.extractorVersion
        Analyzers(emptyList(), database, settings, Mutex(), cool, extractor, added)
    }
    private val open = analyzer(gate = 0f)
    private val texts =
        PhotoTexts(database.texts(), card, TestWords.words) { TestTexts.files(gate = 0f).card }
    private val search = PhotoSearch(database, emptyList())

    @Before
    fun fill() = runBlocking {
        val features = TestBundle.goldenFeatures()
        PICTURES.forEachIndexed { index, picture ->
            val key = gallery.put(index.toLong(), TestTexts.picture(picture))
            database.put(photoSample(key, features[index], index.toLong()))
        }
    }

    @After
    fun close() {
        database.close()
        model.close()
    }

    @Test
    fun withoutItsModels_nothingIsRead() = runBlocking {
        analyzers.run()
        assertEquals(emptyMap<PhotoKey, Int>(), gallery.opened)
        assertTrue(analyzers.choices.first().isEmpty())
    }

    @Test
    fun text_isKept_andFoundByWords() = runBlocking {
        find()
        assertEquals(
            listOf("Straße für Äpfel & öl", "Größe: 12 €"),
            texts.ofPhoto(key(0)).map { it.text }
        )
        assertEquals(emptyList<TextLine>(), texts.ofPhoto(key(2)))
        assertEquals(4, texts.ofPhoto(key(3)).size)
        val choice = analyzers.choices.first().single()
        assertTrue(choice.on)
        assertEquals(9 * TextLineRow.BYTES, choice.bytes)
        assertEquals(listOf(key(0)), search.search("apfel", 9).photos)
        assertEquals(listOf(key(3)), search.search("Bristol harbour", 9).photos)
        assertEquals(listOf(key(3)), search.search("Bristl", 9).photos)
        assertTrue(search.search("Berlin", 9).isEmpty)
    }

    @Test
    fun numbersOfCardsAndAccounts_areNowhere() = runBlocking {
        find()
        assertEquals("Card •••• •••• •••• ••••", texts.ofPhoto(key(1)).first().text)
        assertTrue(search.search("4111", 9).isEmpty)
        assertTrue(search.search("DE89", 9).isEmpty)
        assertFalse(stored("text_lines").any { "1111" in it || "DE89" in it })
        assertFalse(stored("search_documents").any { "1111" in it || "de89" in it })
    }

    @Test
    fun photosOnWhichNoTextIsExpected_areNotOpened_andNotAskedForAgain() = runBlocking {
        val files = TestTexts.files(gate = 0f)
        val features = TestBundle.goldenFeatures().take(PICTURES.size)
        val kinds = card.kinds.withIndex().filter { it.value.id in files.card.gate }
        val likely = checkNotNull(
            model.predict(features.toTypedArray(), withKinds = true).photoKinds
        )
            .map { photo -> kinds.sumOf { photo[it.index].toDouble() } }
        val (second, third) = likely.sortedDescending().subList(1, 3)
        find(analyzer(gate = ((second + third) / 2).toFloat()))
        val expected = likely.indices.filter { likely[it] >= second }.map(::key).toSet()
        assertEquals(expected, gallery.opened.keys)
        val opened = gallery.opened.toMap()
        analyzers.run()
        assertEquals(opened, gallery.opened)
    }

    @Test
    fun interestsThatItNames_areEvidenceOfTheirOwn() = runBlocking {
        database.put(photoSample(key(7), TestBundle.goldenFeatures()[7], 7))
        gallery.put(7, TestTexts.picture("receipt"))
        find()
        assertEquals(TextMentions(listOf("espresso"), listOf(key(7))), texts.mentions("coffee"))
        assertEquals(null, texts.mentions("tennis"))
        analyzers.set(TextAnalyzer.NAME, on = false)
        assertEquals(null, texts.mentions("coffee"))
    }

    @Test
    fun switchedOff_allOfItIsDeleted() = runBlocking {
        find()
        analyzers.set(TextAnalyzer.NAME, on = false)
        assertTrue(stored("text_lines").isEmpty() && stored("search_documents").isEmpty())
        assertTrue(search.search("apfel", 9).isEmpty)
        analyzers.run()
        assertTrue(stored("text_lines").isEmpty())
    }

    @Test
    fun modelsThatAreRemovedWhileTheyRun_writeNothingMore() = runBlocking {
        gallery.onOpen = { added.value = emptyList() }
        find()
        assertTrue(stored("text_lines").isEmpty())
    }

    @Test
    fun otherModels_readAgain_andMixNothing() = runBlocking {
        find()
        find(analyzer(gate = 1.5f))
        assertTrue(stored("text_lines").isEmpty() && stored("search_documents").isEmpty())
        assertEquals(emptyList<TextLine>(), texts.ofPhoto(key(0)))
    }

    @Test
    fun photoThatIsGone_costsItselfAlone_andAChangedOneLosesItsText() = runBlocking {
        gallery.remove(key(0))
        find()
        assertEquals(emptyList<TextLine>(), texts.ofPhoto(key(0)))
        assertEquals(4, texts.ofPhoto(key(3)).size)
        database.put(photoSample(key(3), TestBundle.goldenFeatures()[9], 3, generation = 2))
        assertTrue(search.search("bristol", 9).isEmpty)
    }

    private fun analyzer(gate: Float) =
        TextAnalyzer(TestTexts.files(gate), card, gallery, database, TestWords.words) { model }
            .also { assertTrue(it.fits) }

    private suspend fun find(analyzer: IndexAnalyzer = open) {
        added.value = listOf(analyzer)
        analyzers.run()
    }

    private fun stored(table: String): List<String> =
        database.openHelper.writableDatabase.query("SELECT text FROM $table").use { cursor ->
            buildList { while (cursor.moveToNext()) add(cursor.getString(0)) }
        }

    private fun key(id: Int) = PhotoKey("external_primary", id.toLong())
}
