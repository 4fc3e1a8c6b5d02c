package org.photointerests.recommendations

import android.system.ErrnoException
import android.system.OsConstants
import java.io.IOException
import java.io.InputStream
import java.security.MessageDigest
import java.time.LocalDate
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
import org.photointerests.core.AppError
import org.photointerests.core.appErrorOf
import org.photointerests.support.AppTestRunner
import org.photointerests.support.TestBundle

/** What is taken for a catalogue, and what is refused by which name. */
@RunWith(AppTestRunner::class)
class CatalogueStoreTest {
    @get:Rule val folder = TemporaryFolder()
    private val catalogueStore by lazy { CatalogueStore(folder.root, TestBundle.bundle.card) }

    @Test
    fun put_golden_isKeptAndRemoved() = runBlocking {
        val before = catalogueStore.changes.first()
        put(GoldenCatalogue.bytes)
        assertEquals(GoldenCatalogue.bytes.size.toLong(), catalogueStore.bytes())
        assertEquals(120, catalogueStore.read { it.items })
        assertTrue(catalogueStore.changes.first() != before)
        catalogueStore.remove()
        assertNull(catalogueStore.read { it.items })
        assertEquals(0, catalogueStore.bytes())
    }

    /** Python writes both where they are known; the golden one has neither. */
    @Test
    fun origin_isThatOfTheFile() = runBlocking {
        put(GoldenCatalogue.bytes)
        assertEquals(CatalogueOrigin(), catalogueStore.read { it.origin })
        put(withOrigin("\"publisher\": \"A shop\", \"made\": \"2026-11-30\""))
        assertEquals(
            CatalogueOrigin("A shop", LocalDate.of(2026, 11, 30)),
            catalogueStore.read { it.origin }
        )
        refuses(CatalogueProblem.DAMAGED, withOrigin("\"made\": \"yesterday\""))
    }

    private fun withOrigin(fields: String): ByteArray {
        val parts = GoldenCatalogue.parts()
        val head = parts.getValue(CatalogueManifest.FILE).decodeToString()
        parts[CatalogueManifest.FILE] =
            head.replace("\"items\": 120", "\"items\": 120, $fields").toByteArray()
        return zipped(parts)
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
            runBlocking { catalogueStore.put { throw IOException("gone") } }
        }
        assertEquals(CatalogueProblem.UNREADABLE, error.problem)
    }

    @Test
    fun put_otherFormat_isNamed() =
        refusesHead(CatalogueProblem.OTHER_FORMAT, "\"format\": 2" to "\"format\": 1")

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
        refusesHead(CatalogueProblem.DAMAGED, "\"people\"" to "\"persons\"")
    }

    @Test
    fun put_partThatIsNotAsRecorded_isDamaged() {
        refusesParts { it[CatalogueManifest.FEATURES] = ByteArray(120 * 1024) }
        refusesParts { it[CatalogueManifest.FEATURES] = ByteArray(1024) }
        refusesParts { it.remove(CatalogueManifest.ITEMS) }
    }

    @Test
    fun put_itemThatIsWrong_isDamagedThoughItsHashIsRight() {
        refusesItems { it.replaceFirst("[[", "[[9999, 0.5], [") }
        refusesItems { it.replaceFirst("[[", "[[1, 1.5], [") }
        refusesItems { it.replaceFirst("[[", "[[1], [") }
        refusesItems { it.replaceFirst("\"title\"", "\"name\"") }
        val hash = "0".repeat(64)
        refusesItems { it.replaceFirst("\"thumbnail\": null", "\"thumbnail\": \"$hash\"") }
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
    fun put_moreThanAnyCatalogueHas_isRefusedAndNotKept() {
        val small = CatalogueStore(folder.root, TestBundle.bundle.card, maxBytes = 5000)
        val error = assertThrows(CatalogueException::class.java) {
            runBlocking { small.put { Endless() } }
        }
        assertEquals(CatalogueProblem.TOO_LARGE, error.problem)
        assertEquals(0, small.bytes())
    }

    @Test
    fun put_noRoomForIt_isAFullStorage_andTheLastOneStays() {
        put(GoldenCatalogue.bytes)
        val full = IOException("write failed", ErrnoException("write", OsConstants.ENOSPC))
        val error = assertThrows(IOException::class.java) {
            runBlocking { catalogueStore.put { throw full } }
        }
        assertEquals(AppError.STORAGE_FULL, appErrorOf(error))
        assertEquals(120, runBlocking { catalogueStore.read { it.items } })
    }

    @Test
    fun put_damagedPicture_isDamaged() {
        val picture = "thumbnails/000000.webp"
        val parts = GoldenCatalogue.parts()
        parts[picture] = ByteArray(900) { it.toByte() }
        val items = parts.getValue(CatalogueManifest.ITEMS)
        val withPicture = items.decodeToString()
            .replaceFirst(
                "\"thumbnail\": null",
                "\"thumbnail\": \"${sha256(parts.getValue(picture))}\""
            ).toByteArray()
        parts[CatalogueManifest.ITEMS] = withPicture
        parts.replaceHead(sha256(items) to sha256(withPicture))
        parts.replaceHead("\"bytes\": ${items.size}" to "\"bytes\": ${withPicture.size}")
        put(zipped(parts))
        // Another byte of the picture, in a zip whose own checksums are right.
        parts.getValue(picture)[500]++
        refuses(CatalogueProblem.DAMAGED, zipped(parts))
    }

    private class Endless : InputStream() {
        override fun read() = 0
    }

    @Test
    fun put_refused_leavesTheLastOne() = runBlocking {
        put(GoldenCatalogue.bytes)
        refuses(CatalogueProblem.NOT_A_CATALOGUE, ByteArray(9))
        assertEquals(120, catalogueStore.read { it.items })
        assertEquals(GoldenCatalogue.bytes.size.toLong(), catalogueStore.bytes())
    }

    private fun put(content: ByteArray) = runBlocking {
        catalogueStore.put { content.inputStream() }
    }

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
        val old = parts.getValue(CatalogueManifest.ITEMS)
        val new = change(old.decodeToString()).toByteArray()
        check(!new.contentEquals(old))
        parts[CatalogueManifest.ITEMS] = new
        parts.replaceHead(sha256(old) to sha256(new))
        parts.replaceHead("\"bytes\": ${old.size}" to "\"bytes\": ${new.size}")
    }

    private fun MutableMap<String, ByteArray>.replaceHead(change: Pair<String, String>) {
        val text = getValue(CatalogueManifest.FILE).decodeToString()
        check(change.first in text) { change.first }
        put(CatalogueManifest.FILE, text.replace(change.first, change.second).toByteArray())
    }

    private fun sha256(content: ByteArray) = MessageDigest.getInstance("SHA-256").digest(content)
        .joinToString("") { "%02x".format(it) }
}
