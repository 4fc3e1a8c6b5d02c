package org.photointerests.ui

import android.annotation.SuppressLint
import androidx.compose.foundation.layout.size
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.onAllNodesWithText
import androidx.compose.ui.test.onLast
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.work.ExistingWorkPolicy.REPLACE
import androidx.work.OneTimeWorkRequestBuilder
import androidx.work.WorkManager
import androidx.work.impl.WorkManagerImpl
import java.time.Duration
import java.util.UUID
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.core.AppError
import org.photointerests.core.Bundle
import org.photointerests.core.ModelCard
import org.photointerests.core.appErrorOf
import org.photointerests.insights.interests.Period
import org.photointerests.pipeline.index.PhotoDatabase
import org.photointerests.pipeline.media.GalleryException
import org.photointerests.pipeline.scan.ScanWorker
import org.photointerests.support.AppTestRunner
import org.photointerests.support.AppWalk
import org.photointerests.support.FolderBundleFiles
import org.photointerests.support.PATIENCE_MS
import org.photointerests.support.TestApplication
import org.photointerests.support.TestBundle
import org.photointerests.support.fillUp
import org.photointerests.support.makeRoom
import org.photointerests.support.put
import org.photointerests.ui.designsystem.name
import org.robolectric.annotation.Config

/** What breaks below the screens: each time the app says what, and goes on where it can. */
@OptIn(ExperimentalTestApi::class)
@RunWith(AppTestRunner::class)
@Config(application = TestApplication::class, qualifiers = "w411dp-h800dp-xhdpi")
class ErrorTest : AppWalk() {
    @Test
    fun fullDisk_interests_areShownAllTheSame() {
        fill()
        container.database.fillUp()
        open()
        waitFor("You're up to date · ${TestBundle.goldenFeatures().size} photos")
    }

    @Test
    fun fullDisk_choiceThatCannotBeKept_saysSoAndGoesOnOnceThereIsRoom() {
        fill()
        val top = runBlocking { container.interests.profile(Period.All, 1) }.interests.first()
        val name = hasText(top.category.names.getValue("en")) and hasClickAction()
        container.database.fillUp()
        open()
        rule.waitUntilAtLeastOneExists(name, PATIENCE_MS)
        rule.onNode(name).performScrollTo().performClick()
        hide()
        waitFor("The storage is full")
        container.database.makeRoom()
        rule.onNodeWithText("Try again").performClick()
        hide()
        waitFor("${top.category.names.getValue("en")} hidden")
    }

    @Test
    fun damagedDatabase_saysSo_andStartsAnew() {
        val file = application.getDatabasePath(PhotoDatabase.FILE)
        checkNotNull(file.parentFile).mkdirs()
        file.writeBytes(ByteArray(8192) { 'x'.code.toByte() })
        container.openDatabase = {
            PhotoDatabase.open(application) { container.errors.report(AppError.STORAGE_DAMAGED) }
        }
        open()
        waitFor("Database reset")
        rule.onNodeWithText("Try again").performClick()
        waitFor("Which albums?")
        // The new database is one that screens follow.
        fill()
        waitFor("You're up to date · ${TestBundle.goldenFeatures().size} photos")
        val counts = runBlocking { container.photos.counts.first() }
        assertEquals(TestBundle.goldenFeatures().size, counts.read)
    }

    @Test
    fun damagedCard_isAFaultThatTheAppOpensWith() {
        val replaced = mapOf(ModelCard.FILE to "{}".toByteArray())
        container.givenBundle = { Bundle(FolderBundleFiles(TestBundle.folder, replaced)) }
        val loaded = runBlocking { openModels(container) }
        assertEquals(ModelState.Unusable(AppError.MODEL_DAMAGED), loaded)
        open()
        waitFor("The app is damaged")
    }

    @Test
    fun damagedModel_saysSo() {
        fill()
        val name = TestBundle.bundle.card.aggregator.runFile
        val replaced = mapOf(name to ByteArray(1000))
        val damaged = Bundle(FolderBundleFiles(TestBundle.folder, replaced))
        container.givenBundle = { damaged }
        open()
        waitFor("The app is damaged")
    }

    @Test
    fun fullDisk_albumThatIsTurnedOff_saysSo() {
        runBlocking { container.settings.setUp() }
        repeat(3) { container.source.put(it.toLong(), ByteArray(1), album = "shots") }
        fill()
        open()
        openSettings()
        waitFor("Albums")
        container.database.fillUp()
        rule.onNodeWithText("Albums").performScrollTo().performClick()
        waitFor("Shots")
        rule.onNodeWithText("Shots").performClick()
        waitFor("The storage is full")
    }

    /** What was computed is not kept there, and shown all the same. */
    @Test
    fun fullDisk_suggestions_areRankedAllTheSame() {
        fill()
        container.database.fillUp()
        open()
        waitFor("Library")
        rule.onNodeWithText("Library").performClick()
        waitFor("Products for you")
        rule.onNodeWithText("Products for you").performClick()
        waitFor("Try a sample")
        rule.onNodeWithText("Try a sample").performClick()
        waitFor("The best of 15 products", substring = true)
    }

    @Test
    fun fullDisk_startOfAScan_saysSo() {
        runBlocking { container.settings.setUp() }
        open()
        waitFor("Scan now")
        fillUpWorkManager()
        rule.onNodeWithText("Scan now").performClick()
        waitFor("The storage is full")
    }

    /** A gallery that does not answer is no fault of the storage. */
    @Test
    fun muteGallery_speedOfThePhone_namesTheGallery() {
        runBlocking { container.settings.setUp() }
        container.source.onList = { throw GalleryException("no answer") }
        open()
        openSettings()
        waitFor("Advanced")
        rule.onNodeWithText("Advanced").performScrollTo().performClick()
        waitFor("Speed of this phone")
        rule.onAllNodesWithText("Measure").onLast().performScrollTo().performClick()
        waitFor("Photo library unavailable")
    }

    /** Work is enqueued until WorkManager's own database, which may not grow any more, takes none. */
    @SuppressLint("RestrictedApi")
    private fun fillUpWorkManager() {
        val database = WorkManagerImpl.getInstance(application)
            .workDatabase.openHelper.writableDatabase
        val pages = database.query("PRAGMA page_count").use {
            it.moveToFirst()
            it.getInt(0)
        }
        database.query("PRAGMA max_page_count = $pages").use { it.moveToFirst() }
        val work = WorkManager.getInstance(application)
        val later = OneTimeWorkRequestBuilder<ScanWorker>().setInitialDelay(Duration.ofDays(1))
        var number = 0
        val error = generateSequence {
            val request = later.setId(UUID.randomUUID()).build()
            runCatching { work.enqueueUniqueWork("${number++}", REPLACE, request).result.get() }
        }.first { it.isFailure }.exceptionOrNull()
        assertEquals(AppError.STORAGE_FULL, appErrorOf(checkNotNull(error)))
    }

    private fun hide() {
        waitForNamed("Hide")
        rule.onNodeWithContentDescription("Hide").performClick()
    }
}
