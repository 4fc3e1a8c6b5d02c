package org.photointerests.ui

import android.content.Context
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.createEmptyComposeRule
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.test.core.app.ActivityScenario
import androidx.test.core.app.ApplicationProvider
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.MainActivity
import org.photointerests.gallery.PhotoKey
import org.photointerests.interests.Period
import org.photointerests.model.Bundle
import org.photointerests.model.ModelCard
import org.photointerests.store.Fault
import org.photointerests.store.PhotoDatabase
import org.photointerests.support.AppTestRunner
import org.photointerests.support.FolderBundleFiles
import org.photointerests.support.PATIENCE_MS
import org.photointerests.support.ShownPhotos
import org.photointerests.support.TestApplication
import org.photointerests.support.TestBundle
import org.photointerests.support.TestWorkManager
import org.photointerests.support.fillUp
import org.photointerests.support.makeRoom
import org.photointerests.support.photoRow
import org.photointerests.support.testContainer
import org.robolectric.annotation.Config

/** What breaks below the screens: each time the app says what, and goes on where it can. */
@OptIn(ExperimentalTestApi::class)
@RunWith(AppTestRunner::class)
@Config(application = TestApplication::class, qualifiers = "w411dp-h1600dp-xhdpi")
class FaultTest {
    @get:Rule val rule = createEmptyComposeRule()

    @get:Rule val photos = ShownPhotos()

    @get:Rule val workManager = TestWorkManager()
    private val context = ApplicationProvider.getApplicationContext<Context>()
    private val container = testContainer
    private var window: ActivityScenario<MainActivity>? = null

    @After
    fun close() {
        window?.close()
    }

    @Test
    fun fullDisk_interests_areShownAllTheSame() {
        fill()
        container.database.fillUp()
        open()
        waitFor("From ${TestBundle.goldenFeatures().size} photos")
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
        waitFor("Not my interest")
        rule.onNodeWithText("Not my interest").performClick()
        waitFor("The storage is full")
        container.database.makeRoom()
        rule.onNodeWithText("Try again").performClick()
        waitFor("Not my interest")
        rule.onNodeWithText("Not my interest").performClick()
        waitFor("It is my interest after all")
    }

    @Test
    fun damagedDatabase_saysSo_andStartsAnew() {
        val file = context.getDatabasePath(PhotoDatabase.FILE)
        checkNotNull(file.parentFile).mkdirs()
        file.writeBytes(ByteArray(8192) { 'x'.code.toByte() })
        container.openDatabase = {
            PhotoDatabase.open(context) { container.faults.report(Fault.STORAGE_DAMAGED) }
        }
        open()
        waitFor("What was read is damaged")
        rule.onNodeWithText("Try again").performClick()
        waitFor("No photo read yet")
        // The new database is one that screens follow.
        fill()
        waitFor("From ${TestBundle.goldenFeatures().size} photos")
        val version = container.bundle.card.extractorVersion
        val counts = runBlocking { container.database.photos().counts(version).first() }
        assertEquals(TestBundle.goldenFeatures().size, counts.read)
    }

    @Test
    fun damagedCard_isAFaultThatTheAppOpensWith() {
        val replaced = mapOf(ModelCard.FILE to "{}".toByteArray())
        container.givenBundle = { Bundle(FolderBundleFiles(TestBundle.folder, replaced)) }
        assertEquals(Fault.MODEL_DAMAGED, cardFault(container))
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

    private fun open() {
        window = ActivityScenario.launch(MainActivity::class.java)
    }

    private fun waitFor(text: String) = rule.waitUntilAtLeastOneExists(hasText(text), PATIENCE_MS)

    private fun fill() = runBlocking {
        TestBundle.goldenFeatures().forEachIndexed { index, features ->
            val key = PhotoKey("external_primary", index.toLong())
            container.database.photos().put(photoRow(key, features))
        }
    }
}
