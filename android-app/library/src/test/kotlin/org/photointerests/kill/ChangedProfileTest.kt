package org.photointerests.kill

import java.io.File
import kotlin.random.Random
import kotlinx.coroutines.runBlocking
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.photointerests.pipeline.analysis.features.FeaturesAnalyzer
import org.photointerests.pipeline.index.PhotoDatabase
import org.photointerests.pipeline.scan.PhotoScanner
import org.photointerests.support.AppTestRunner
import org.photointerests.support.TestBundle
import org.photointerests.support.memoryDatabase

private const val PHOTOS = 80
private const val CHANGES = 12
private const val TOLERANCE = 1e-5f

/** The profile of a gallery that changes, against that of the same gallery scanned for the first time. */
@RunWith(AppTestRunner::class)
class ChangedProfileTest {
    @get:Rule
    val folder = TemporaryFolder()

    private val gallery = ChangingGallery(PHOTOS, seed = 4)
    private val random = Random(5)

    @Test
    fun profile_afterEachChange_isThatOfAFreshScan() =
        withDatabase(File(folder.root, "photos.db")) { database ->
            repeat(CHANGES) {
                repeat(random.nextInt(1, 5)) { change() }
                assertSameProfile(fresh(), scanned(database), TOLERANCE)
            }
            repeat(gallery.size) { gallery.delete() }
            assertSameProfile(emptyMap(), scanned(database), TOLERANCE)
        }

    private fun change() = listOf(gallery::add, gallery::edit, gallery::delete).random(random)()

    private fun fresh(): InterestNumbers {
        val database = memoryDatabase()
        return runBlocking { scanned(database) }.also { database.close() }
    }

    private suspend fun scanned(database: PhotoDatabase): InterestNumbers {
        val version = TestBundle.bundle.card.extractorVersion
        val analyzer = FeaturesAnalyzer(version, database.features()) { QuickPipeline() }
        PhotoScanner(gallery.source, database, listOf(analyzer)).scan {}
        return profileOf(database)
    }
}
