package org.photointerests.packs

import android.system.ErrnoException
import android.system.OsConstants
import java.io.ByteArrayInputStream
import java.io.File
import java.io.IOException
import java.io.InputStream
import java.nio.ByteBuffer
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.photointerests.core.AppError
import org.photointerests.core.CardException
import org.photointerests.core.appErrorOf
import org.photointerests.support.AppTestRunner
import org.photointerests.support.TestPacks
import org.photointerests.support.TestPlaces

/** What is taken for a pack, what is refused, and what is left of one that was not finished. */
@RunWith(AppTestRunner::class)
class PackStoreTest {
    @get:Rule val temporary = TemporaryFolder()
    private val folder by lazy { File(temporary.root, "packs") }
    private val places = TestPlaces.bytes()
    private val pack = packOf("1.0.0", places)
    private val newer = packOf("1.1.0", places + 0)
    private val known = listOf(
        TestPacks.known(pack, "place", "1.0.0"),
        TestPacks.known(newer, "place", "1.1.0")
    )
    private val store by lazy { PackStore(folder, known) }

    @Test
    fun added_itsModelsAreThere_inTheNextProcessToo() = runBlocking {
        assertEquals(known[0], store.add { pack.inputStream() })
        for (store in listOf(store, PackStore(folder, known))) {
            val installed = store.installed.value.single()
            assertEquals(known[0], installed.pack)
            assertEquals(places.size, installed.files.model().remaining())
        }
        assertEquals(1, folder.list().orEmpty().size)
    }

    @Test
    fun removed_nothingIsLeft() = runBlocking {
        store.add { pack.inputStream() }
        store.remove("place")
        assertTrue(store.installed.value.isEmpty())
        assertEquals(0, folder.list().orEmpty().size)
        store.add { pack.inputStream() }
        assertTrue(store.bytes() in places.size.toLong() until pack.size)
        store.removeAll()
        assertEquals(0L, store.bytes())
        assertTrue(store.installed.value.isEmpty())
        assertTrue(PackStore(folder, known).installed.value.isEmpty())
    }

    @Test
    fun newer_takesThePlace_andAnOlderOneNever() = runBlocking {
        store.add { pack.inputStream() }
        store.add { newer.inputStream() }
        assertEquals("1.1.0", store.installed.value.single().pack.version)
        assertEquals(1, folder.list().orEmpty().size)
        store.add { pack.inputStream() }
        assertEquals("1.1.0", store.installed.value.single().pack.version)
        assertEquals(1, folder.list().orEmpty().size)
    }

    @Test
    fun anyOtherFile_isRefused_andChangesNothing() = runBlocking {
        store.add { pack.inputStream() }
        val other = pack.copyOf().also { it[100] = (it[100] + 1).toByte() }
        val endless = object : InputStream() {
            override fun read() = 7
        }
        for (file in listOf(other.inputStream(), ByteArrayInputStream(ByteArray(0)), endless)) {
            refuses(PackProblem.UNKNOWN) { file }
        }
        refuses(PackProblem.UNREADABLE) { throw IOException("gone") }
        refuses(PackProblem.UNREADABLE) { throw SecurityException("not yours") }
        assertEquals("1.0.0", store.installed.value.single().pack.version)
        assertEquals(1, folder.list().orEmpty().size)
    }

    @Test
    fun fullStorage_isNoFaultOfTheFile() {
        val full = IOException(ErrnoException("write", OsConstants.ENOSPC))
        val error = assertThrows(IOException::class.java) {
            runBlocking { store.add { throw full } }
        }
        assertEquals(AppError.STORAGE_FULL, appErrorOf(error))
        assertEquals(0, folder.list().orEmpty().size)
    }

    @Test
    fun restsOfAKilledProcess_areNoPack_andGoWithTheNextOne() = runBlocking {
        val half = File(folder, "files.new").apply { mkdirs() }
        File(half, "card.json").writeText("{")
        File(folder, "copy.new").writeBytes(pack.copyOf(100))
        assertTrue(store.installed.value.isEmpty())
        store.add { pack.inputStream() }
        assertEquals(1, folder.list().orEmpty().size)
    }

    @Test
    fun damagedPack_isRepairedByAddingItAgain() = runBlocking {
        store.add { pack.inputStream() }
        File(folder.listFiles().orEmpty().single(), "places.bin").writeBytes(ByteArray(3))
        val damaged = PackStore(folder, known)
        assertThrows(CardException::class.java) {
            damaged.installed.value.single().files.model()
        }
        damaged.add { pack.inputStream() }
        assertEquals(places.size, damaged.installed.value.single().files.model().remaining())
    }

    @Test
    fun packThatThisVersionDoesNotKnow_isNotUsed() = runBlocking {
        store.add { pack.inputStream() }
        val later = PackStore(folder, known.drop(1))
        assertTrue(later.installed.value.isEmpty())
        later.add { newer.inputStream() }
        assertEquals(1, folder.list().orEmpty().size)
    }

    @Test
    fun list_isReadStrictly() {
        val text = """{"format": 1, "packs": [{"name": "text", "version": "1.0.0", "bytes": 3,
            "sha256": "ab"}]}"""
        assertEquals("text-1.0.0.pack", parse(text).single().file)
        for (wrong in listOf("{}", text.replace("1,", "2,"), text.replace("bytes", "size"))) {
            assertThrows(CardException::class.java) { parse(wrong) }
        }
    }

    private fun parse(text: String) = KnownPacks.parse(
        ByteBuffer.wrap(text.toByteArray())
    )

    private fun refuses(problem: PackProblem, open: () -> InputStream) {
        val error = assertThrows(PackException::class.java) { runBlocking { store.add(open) } }
        assertEquals(problem, error.problem)
    }

    private fun packOf(version: String, model: ByteArray): ByteArray {
        val hash = TestPacks.known(model).sha256
        val card = """{"format": 1, "name": "place", "version": "$version", "license": "-",
            "input": {"kind": "position"}, "model": "places.bin", "labels": [], "groups": [],
            "gate": [], "thresholds": {"distance_km": 30.0}, "training_data": "None.",
            "sources": [], "files": {"places.bin": {"bytes": ${model.size},
            "sha256": "$hash"}}}"""
        return TestPacks.packOf(mapOf("card.json" to card.toByteArray(), "places.bin" to model))
    }
}
