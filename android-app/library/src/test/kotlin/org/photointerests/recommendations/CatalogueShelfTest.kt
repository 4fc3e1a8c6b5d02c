package org.photointerests.recommendations

import java.io.IOException
import java.security.MessageDigest
import java.util.zip.ZipEntry
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.photointerests.support.AppTestRunner
import org.photointerests.support.TestBundle

/** What is taken for a catalogue, and what is refused by which name. */
@RunWith(AppTestRunner::class)
class CatalogueShelfTest {
    @get:Rule val folder = TemporaryFolder()
    private val shelf by lazy { CatalogueShelf(folder.root, TestBundle.bundle.card) }

    @Test
    fun put_golden_isKeptAndRemoved() = runBlocking {
        val before = shelf.changes.first()
        put(GoldenCatalogue.bytes)
        assertEquals(GoldenCatalogue.bytes.size.toLong(), shelf.bytes())
        assertEquals(120, shelf.read { it.items })
        assertTrue(shelf.changes.first() != before)
        shelf.remove()
        assertNull(shelf.read { it.items })
        assertEquals(0, shelf.bytes())
    }

    @Test
    fun put_somethingElse_isNoCatalogue() {
        refuses(CatalogueProblem.NOT_A_CATALOGUE, "no zip".toByteArray())
        refuses(CatalogueProblem.NOT_A_CATALOGUE, ByteArray(0))
        refuses(CatalogueProblem.NOT_A_CATALOGUE, zipped(mapOf("a" to ByteArray(3))))
        refuses(CatalogueProblem.NOT_A_CATALOGUE, GoldenCatalogue.bytes.copyOf(5000))
    }

    @Test
    fun put_fileThatDoesNotOpen_isUnreadable() {
        val error = assertThrows(CatalogueException::class.java) {
            runBlocking { shelf.put { throw IOException("gone") } }
        }
        assertEquals(CatalogueProblem.UNREADABLE, error.problem)
    }

    @Test
    fun put_otherFormat_isNamed() =
        refusesHead(CatalogueProblem.OTHER_FORMAT, "\"format\": 1" to "\"format\": 2")

    @Test
    fun put_otherModels_areNamed() {
        val card = TestBundle.bundle.card
        refusesHead(CatalogueProblem.OTHER_BUNDLE, card.version to "0.0.0")
        refusesHead(CatalogueProblem.OTHER_BUNDLE, card.extractorSha256 to "0".repeat(64))
        refusesHead(CatalogueProblem.OTHER_BUNDLE, card.aggregatorVersion to "0".repeat(64))
    }

    @Test
    fun put_headThatDoesNotFit_isDamaged() {
        refusesHead(CatalogueProblem.DAMAGED, "\"items\": 120" to "\"items\": 119")
        refusesHead(CatalogueProblem.DAMAGED, "\"items\": 120" to "\"items\": 120, \"more\": 1")
        refusesHead(CatalogueProblem.DAMAGED, "\"dimension\": 1024" to "\"dimension\": 512")
        refusesHead(CatalogueProblem.DAMAGED, "caltech.accordion" to "caltech.harmonica")
    }

    @Test
    fun put_partThatIsNotAsRecorded_isDamaged() {
        refusesParts { it[CatalogueAbout.FEATURES] = ByteArray(120 * 1024) }
        refusesParts { it[CatalogueAbout.FEATURES] = ByteArray(1024) }
        refusesParts { it.remove(CatalogueAbout.ITEMS) }
    }

    @Test
    fun put_itemThatIsWrong_isDamagedThoughItsHashIsRight() {
        refusesItems { it.replaceFirst("[[", "[[9999, 0.5], [") }
        refusesItems { it.replaceFirst("[[", "[[1, 1.5], [") }
        refusesItems { it.replaceFirst("[[", "[[1], [") }
        refusesItems { it.replaceFirst("\"title\"", "\"name\"") }
        refusesItems { it.replaceFirst("\"thumbnail\": false", "\"thumbnail\": true") }
        refusesItems { it + it.lines().first() + "\n" }
        refusesItems { it.lines().drop(1).joinToString("\n") }
        refusesItems { it.replaceFirst("Item 0", "x".repeat(70_000)) }
    }

    @Test
    fun put_compressed_isDamaged() {
        val compressed = zipped(GoldenCatalogue.parts(), ZipEntry.DEFLATED)
        refuses(CatalogueProblem.DAMAGED, compressed)
    }

    @Test
    fun put_refused_leavesTheLastOne() = runBlocking {
        put(GoldenCatalogue.bytes)
        refuses(CatalogueProblem.NOT_A_CATALOGUE, ByteArray(9))
        assertEquals(120, shelf.read { it.items })
        assertEquals(GoldenCatalogue.bytes.size.toLong(), shelf.bytes())
    }

    private fun put(content: ByteArray) = runBlocking { shelf.put { content.inputStream() } }

    private fun refuses(problem: CatalogueProblem, content: ByteArray) {
        val error = assertThrows(CatalogueException::class.java) { put(content) }
        assertEquals(error.message, problem, error.problem)
    }

    private fun refusesParts(change: (MutableMap<String, ByteArray>) -> Unit) =
        refuses(CatalogueProblem.DAMAGED, zipped(GoldenCatalogue.parts().also(change)))

    private fun refusesHead(problem: CatalogueProblem, change: Pair<String, String>) {
        val parts = GoldenCatalogue.parts()
        parts.replaceHead(change)
        refuses(problem, zipped(parts))
    }

    /** Changes the lines and records their hash, as somebody would who wants to be believed. */
    private fun refusesItems(change: (String) -> String) = refusesParts { parts ->
        val old = parts.getValue(CatalogueAbout.ITEMS)
        val new = change(old.decodeToString()).toByteArray()
        check(!new.contentEquals(old))
        parts[CatalogueAbout.ITEMS] = new
        parts.replaceHead(sha256(old) to sha256(new))
        parts.replaceHead("\"bytes\": ${old.size}" to "\"bytes\": ${new.size}")
    }

    private fun MutableMap<String, ByteArray>.replaceHead(change: Pair<String, String>) {
        val text = getValue(CatalogueAbout.FILE).decodeToString()
        check(change.first in text) { change.first }
        put(CatalogueAbout.FILE, text.replace(change.first, change.second).toByteArray())
    }

    private fun sha256(content: ByteArray) = MessageDigest.getInstance("SHA-256").digest(content)
        .joinToString("") { "%02x".format(it) }
}
