package org.photointerests.recommendations

import java.io.File
import java.io.IOException
import java.io.InputStream
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext
import org.photointerests.core.ModelCard
import org.photointerests.core.copyFile

// What 100,000 products with pictures take, and as much again.
private const val MAX_BYTES = 2L * 1024 * 1024 * 1024
private const val FILE = "products.catalogue"

/** Keeps one catalogue in [folder], which belongs to it alone: a copy that no other app changes. */
class CatalogueStore(
    private val folder: File,
    private val card: ModelCard,
    private val dispatcher: CoroutineDispatcher = Dispatchers.IO,
    private val maxBytes: Long = MAX_BYTES
) {
    private val file = File(folder, FILE)
    private val lock = Mutex()
    private val version = MutableStateFlow(0)

    /** A number, at once, and another one whenever the catalogue is another or gone. */
    val changes: Flow<Int> = version

    /** Whether there is none to read. */
    val isEmpty: Boolean get() = !file.exists()

    /** Size of what is kept. */
    fun bytes(): Long = folder.listFiles().orEmpty().sumOf { it.length() }

    /**
     * Copies a catalogue and, when all of it was checked, puts it in the place of the last one.
     *
     * Throws [CatalogueException], and [IOException] where the storage is full; the last one then
     * stays.
     */
    suspend fun put(open: () -> InputStream) = withContext(dispatcher) {
        lock.withLock {
            folder.mkdirs()
            val copy = File(folder, "$FILE.new")
            try {
                copyTo(copy, open)
                Catalogue(copy, card).use { it.checkAll() }
                if (!copy.renameTo(file)) throw unreadable("the copy cannot be renamed", null)
            } finally {
                copy.delete()
            }
            version.value++
        }
    }

    suspend fun remove() = withContext(dispatcher) {
        lock.withLock {
            folder.deleteRecursively()
            version.value++
        }
    }

    /** Reads in the catalogue while it stays as it is; null where there is none. */
    internal suspend fun <T> read(action: (Catalogue) -> T): T? = withContext(dispatcher) {
        lock.withLock { if (file.exists()) Catalogue(file, card).use(action) else null }
    }

    private fun copyTo(copy: File, open: () -> InputStream) = copyFile(
        copy,
        maxBytes,
        tooLarge = { CatalogueException(CatalogueProblem.TOO_LARGE, it) },
        unreadable = { unreadable("$it", it) },
        open
    )

    private fun unreadable(message: String, cause: Throwable?) =
        CatalogueException(CatalogueProblem.UNREADABLE, message, cause)
}
