package org.photointerests.packs

import java.io.File
import java.io.IOException
import java.io.InputStream
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext
import org.photointerests.core.AnalyzerFiles
import org.photointerests.core.CardException

private const val HASH_DIGITS = 12

/** A pack that is there: card and models of an analyzer. */
class InstalledPack(val pack: KnownPack, val files: AnalyzerFiles) {
    val name get() = pack.name
}

/**
 * Keeps models that are too large for the package of the app, from files that the user chose.
 *
 * [known] are all packs that can be added, the newest of an analyzer last. Each lies in a folder of its
 * own within [folder], which names its hash: one that is replaced stays until the new one is whole, and
 * one that this version of the app does not know is not used.
 */
class PackStore(
    private val folder: File,
    val known: List<KnownPack>,
    private val dispatcher: CoroutineDispatcher = Dispatchers.IO
) {
    private val lock = Mutex()
    private val found = MutableStateFlow(find())

    /** Those that are there, at once and whenever one is added or removed. */
    val installed: StateFlow<List<InstalledPack>> = found.asStateFlow()

    /**
     * Copies a file and keeps what is in it, if it is one of the [known] packs.
     *
     * Throws [PackException], and [IOException] where the storage is full; what was there then stays.
     */
    suspend fun add(open: () -> InputStream): KnownPack = withContext(dispatcher) {
        lock.withLock {
            removeRests()
            folder.mkdirs()
            val copy = File(folder, "copy.new")
            val files = File(folder, "files.new")
            try {
                val pack = copyPack(known, copy, open)
                files.mkdirs()
                unpack(copy, files)
                setAside(pack) // the same may be there, damaged
                if (!files.renameTo(pack.place)) throw IOException("$files is not renamed")
                pack
            } finally {
                copy.delete()
                files.deleteRecursively()
                found.value = find()
                removeRests()
            }
        }
    }

    /** Removes what is there of an analyzer. */
    suspend fun remove(name: String) = withContext(dispatcher) {
        lock.withLock {
            found.value = found.value.filter { it.name != name }
            known.filter { it.name == name }.forEach(::setAside)
            removeRests()
        }
    }

    /** Removes all of them. */
    suspend fun removeAll() = withContext(dispatcher) {
        lock.withLock {
            found.value = emptyList()
            folder.deleteRecursively()
        }
    }

    /** How many bytes all of them take up. */
    fun bytes(): Long = folder.walkTopDown().filter { it.isFile }.sumOf { it.length() }

    private fun find(): List<InstalledPack> =
        known.mapNotNull(::find).associateBy { it.name }.values.toList()

    private fun find(pack: KnownPack): InstalledPack? = try {
        AnalyzerFiles.find(pack.name, FolderFiles(pack.place))?.let { InstalledPack(pack, it) }
    } catch (_: CardException) {
        null // damaged: it can be added again
    }

    /** Renamed before it is removed: a process that is killed leaves no half of a pack behind. */
    private fun setAside(pack: KnownPack) {
        pack.place.renameTo(File(folder, "${pack.place.name}.gone"))
    }

    /** What a killed process has begun, and what newer packs have replaced. */
    private fun removeRests() {
        val kept = found.value.map { it.pack.place }
        folder.listFiles().orEmpty().filter { it !in kept }.forEach { it.deleteRecursively() }
    }

    private val KnownPack.place get() = File(folder, "$name-${sha256.take(HASH_DIGITS)}")
}
