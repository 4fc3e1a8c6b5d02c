package org.photointerests.kill

import androidx.test.core.app.ApplicationProvider
import androidx.work.ListenableWorker.Result
import androidx.work.testing.TestListenableWorkerBuilder
import java.io.File
import java.io.RandomAccessFile
import kotlin.random.Random
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.photointerests.pipeline.index.PageSize
import org.photointerests.pipeline.index.PhotoDatabase
import org.photointerests.pipeline.scan.ScanWorker
import org.photointerests.support.AppTestRunner
import org.photointerests.support.TestApplication
import org.photointerests.support.TestPhotoInterests
import org.photointerests.support.TestWorkManager
import org.robolectric.annotation.Config

private const val PHOTOS = 200

/** A scan while the storage is full, and over a database that something damaged. */
@RunWith(AppTestRunner::class)
@Config(application = TestApplication::class)
class StorageErrorTest {
    @get:Rule
    val folder = TemporaryFolder()

    @get:Rule
    val workManager = TestWorkManager(keepsThreads = true)

    private val application = ApplicationProvider.getApplicationContext<TestApplication>()
    private val gallery = ChangingGallery(PHOTOS, seed = 6)
    private val file by lazy { File(folder.root, "photos.db") }
    private var read = 0

    @Test
    fun scan_storageIsFull_keepsWhatWasReadAndGoesOnLater() {
        val database = fileDatabase(file)
        val pages = database.pragma("page_count")
        database.pragma("max_page_count = ${pages + 6}")
        val result = scan(database)
        assertTrue("$result", result == Result.retry() || result is Result.Failure)
        database.pragma("max_page_count = 100000")
        val kept = runBlocking { storedPhotos(database) }
        assertTrue("${kept.size}", kept.size in 1 until PHOTOS)
        read = 0
        assertEquals(Result.success(), scan(database))
        assertEquals(PHOTOS - kept.size, read)
        database.close()
        assertEquals(gallery.expected(), contents(file))
    }

    @Test
    fun scan_databaseThatIsNone_readsAllAgain() {
        file.writeBytes(Random(1).nextBytes(20_000))
        assertReadsAllInTheEnd()
    }

    @Test
    fun scan_emptyFile_readsAll() {
        file.createNewFile()
        assertReadsAllInTheEnd()
    }

    @Test
    fun scan_damagedPages_readsAllAgain() {
        fileDatabase(file).let {
            scan(it)
            it.close()
        }
        RandomAccessFile(file, "rw").use { raw ->
            // All but the first page, which says that it is a database.
            raw.seek(PageSize.BYTES.toLong())
            raw.write(Random(2).nextBytes((file.length() - PageSize.BYTES).toInt()))
        }
        assertReadsAllInTheEnd()
    }

    /** As after each start of the app: the first scan may fail, and finds the damage. */
    private fun assertReadsAllInTheEnd() {
        val results = List(2) {
            val database = fileDatabase(file)
            scan(database).also { database.close() }
        }
        assertEquals("$results", Result.success(), results.last())
        assertEquals(gallery.expected(), contents(file))
    }

    private fun scan(database: PhotoDatabase): Result {
        val process = TestPhotoInterests(application)
        process.source = gallery.source
        process.openDatabase = { database }
        process.fastPipeline = QuickPipeline { read++ }
        application.photoInterests = process
        return runBlocking {
            TestListenableWorkerBuilder<ScanWorker>(application).build().doWork()
        }
    }

    /** In a transaction, which is of the one connection that writes. */
    private fun PhotoDatabase.pragma(setting: String): Int = openHelper.writableDatabase.run {
        beginTransaction()
        val value = query("PRAGMA $setting").use {
            it.moveToFirst()
            it.getInt(0)
        }
        endTransaction()
        value
    }
}
