package org.photointerests.ui

import android.content.Context
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.createComposeRule
import androidx.compose.ui.test.onAllNodesWithContentDescription
import androidx.compose.ui.test.onFirst
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.test.core.app.ApplicationProvider
import androidx.work.Configuration
import androidx.work.testing.WorkManagerTestInitHelper
import java.time.Instant
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Before
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.gallery.PhotoAccess
import org.photointerests.gallery.PhotoKey
import org.photointerests.interests.Interest
import org.photointerests.interests.Period
import org.photointerests.support.AppTestRunner
import org.photointerests.support.ShownPhotos
import org.photointerests.support.TestApplication
import org.photointerests.support.TestBundle
import org.photointerests.support.photoRow
import org.photointerests.support.testContainer
import org.robolectric.annotation.Config

/** The app as a user walks through it, with the real models and a real database. */
@OptIn(ExperimentalTestApi::class)
@RunWith(AppTestRunner::class)
@Config(application = TestApplication::class, qualifiers = "w411dp-h1600dp-xhdpi")
class AppTest {
    @get:Rule val rule = createComposeRule()

    @get:Rule val photos = ShownPhotos()
    private val container = testContainer
    private val dao = container.database.photos()

    @Before
    fun startWorkManager() {
        val context = ApplicationProvider.getApplicationContext<Context>()
        val configuration = Configuration.Builder().build()
        WorkManagerTestInitHelper.initializeTestWorkManager(context, configuration)
    }

    @After
    fun close() = container.database.close()

    @Test
    fun withoutAccess_welcomes() {
        container.source.allowed = PhotoAccess.DENIED
        rule.setContent { App(container) }
        waitFor("What do your photos say about you?")
    }

    @Test
    fun unread_startsAScan() {
        rule.setContent { App(container) }
        waitFor("No photo read yet")
        rule.onNodeWithText("Start").performClick()
        waitFor("Waiting")
    }

    @Test
    fun partialAccess_isNamedHonestly() {
        container.source.allowed = PhotoAccess.PARTIAL
        fill()
        rule.setContent { App(container) }
        waitFor("From ${TestBundle.goldenFeatures().size} photos that you selected")
        rule.onNodeWithText("Select more").assertExists()
    }

    @Test
    fun interest_opensWithItsPhotos_andCanBeHidden() {
        fill()
        val interest = topInterest()
        val name = interest.category.names.getValue("en")
        rule.setContent { App(container) }
        waitFor(name)
        rule.onNodeWithText(name).performScrollTo().performClick()
        waitFor("Not my interest")
        rule.onAllNodesWithContentDescription("of this interest", substring = true)
            .onFirst().performClick()
        waitFor("Taken on", substring = true)
        rule.onNodeWithContentDescription("Back").performClick()
        waitFor("Not my interest")
        rule.onNodeWithText("Not my interest").performClick()
        waitFor("It is my interest after all")
        assertEquals(listOf(interest.category.id), runBlocking { dao.hidden().first() })
        rule.onNodeWithContentDescription("Back").performClick()
        waitFor("From", substring = true)
        rule.onNodeWithText(name).assertDoesNotExist()
    }

    @Test
    fun timeline_month_opensItsInterests() {
        fill()
        rule.setContent { App(container) }
        waitFor("From", substring = true)
        rule.onNodeWithText("Timeline").performClick()
        waitFor("August 2026")
        rule.onNodeWithText("August 2026").performClick()
        waitFor("From", substring = true)
    }

    @Test
    fun settings_deleteEverything_asksFirst() {
        fill()
        rule.setContent { App(container) }
        rule.onNodeWithText("Settings").performClick()
        waitFor("Threads")
        rule.onNodeWithText("What is stored").performClick()
        waitFor("No network")
        rule.onNodeWithContentDescription("Back").performClick()
        waitFor("Threads")
        rule.onAllNodesWithText("Delete everything").performScrolledClick()
        waitFor("Delete")
        rule.onNodeWithText("Delete").performClick()
        rule.waitUntil(10_000) {
            rule.waitForIdle()
            runBlocking { dao.counts(container.bundle.card.extractorVersion).first().read } == 0
        }
    }

    private fun androidx.compose.ui.test.SemanticsNodeInteractionCollection.performScrolledClick() =
        this[1].performScrollTo().performClick()

    private fun androidx.compose.ui.test.junit4.ComposeTestRule.onAllNodesWithText(text: String) =
        onAllNodes(hasText(text))

    private fun waitFor(text: String, substring: Boolean = false) =
        rule.waitUntilAtLeastOneExists(hasText(text, substring = substring), 15_000)

    private fun topInterest(): Interest =
        runBlocking { container.interests.profile(Period.All, 1) }.interests.first()

    private fun fill() = runBlocking {
        val takenAt = Instant.parse("2026-08-10T10:00:00Z").toEpochMilli()
        TestBundle.goldenFeatures().forEachIndexed { index, features ->
            dao.put(photoRow(PhotoKey("external_primary", index.toLong()), features, takenAt))
        }
    }
}
