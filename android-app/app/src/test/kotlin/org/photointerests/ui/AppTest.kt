package org.photointerests.ui

import android.app.Activity.RESULT_OK
import android.content.Intent
import android.content.pm.PackageManager.PERMISSION_DENIED
import android.net.Uri
import android.os.Bundle
import androidx.compose.foundation.layout.size
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.assertIsOff
import androidx.compose.ui.test.assertIsOn
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasScrollToNodeAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.isToggleable
import androidx.compose.ui.test.longClick
import androidx.compose.ui.test.onAllNodesWithContentDescription
import androidx.compose.ui.test.onAllNodesWithText
import androidx.compose.ui.test.onFirst
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performScrollToNode
import androidx.compose.ui.test.performTouchInput
import androidx.lifecycle.Lifecycle
import androidx.test.core.app.ActivityScenario
import java.io.File
import java.time.ZoneOffset
import java.time.ZonedDateTime
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.MainActivity
import org.photointerests.core.PhotoKey
import org.photointerests.core.Shown
import org.photointerests.feedback.feedback
import org.photointerests.insights.interests.Interest
import org.photointerests.insights.interests.Period
import org.photointerests.pipeline.media.PhotoAccess
import org.photointerests.support.AppTestRunner
import org.photointerests.support.AppWalk
import org.photointerests.support.PATIENCE_MS
import org.photointerests.support.TEST_MONTH
import org.photointerests.support.TestApplication
import org.photointerests.support.TestBundle
import org.photointerests.support.photoSample
import org.photointerests.support.put
import org.photointerests.ui.designsystem.name
import org.robolectric.Robolectric
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config

private const val HOUR_MS = 3_600_000L

/** The app as a user walks through it, with the real models and a real database. */
@OptIn(ExperimentalTestApi::class)
@RunWith(AppTestRunner::class)
@Config(application = TestApplication::class, qualifiers = "w411dp-h800dp-xhdpi")
class AppTest : AppWalk() {
    @Test
    fun withoutAccess_welcomes() {
        container.source.allowed = PhotoAccess.DENIED
        open()
        waitFor("What do your photos say about you?")
    }

    @Test
    fun choosePhotos_refused_saysSoAndOffersTheSettings() {
        container.source.allowed = PhotoAccess.DENIED
        open()
        waitFor("What do your photos say about you?")
        rule.onNodeWithText("Allow access to photos").performClick()
        answerPermission(PERMISSION_DENIED)
        waitFor("No photo access")
        rule.onNodeWithText("System settings").assertExists()
    }

    /** Albums of others' pictures are off unless they are turned on; the scan starts at the end. */
    @Test
    fun start_asksForAlbumsAndWhen_andScansWithTheAnswers() {
        for ((id, album) in listOf("camera", "screenshots", "whatsapp images").withIndex()) {
            container.source.put(id.toLong(), ByteArray(1), album = album)
        }
        open()
        waitFor("Which albums?")
        waitFor("Camera")
        rule.onNode(hasText("Camera") and isToggleable()).assertIsOn()
        rule.onNode(hasText("Screenshots") and isToggleable()).assertIsOff()
        rule.onNode(hasText("Whatsapp images") and isToggleable()).assertIsOff().performClick()
        rule.onNodeWithText("Timeline").assertDoesNotExist()
        rule.onNodeWithText("Next").performClick()
        waitFor("When to scan?")
        goBack()
        waitFor("Which albums?")
        rule.onNodeWithText("Next").performClick()
        rule.onNodeWithText("Only while charging").performClick()
        rule.onNodeWithText("Scan now").performClick()
        answerPermission(PERMISSION_DENIED)
        waitFor("Waiting for the charger", substring = true)
        val excluded = runBlocking { container.database.feedback().excluded().first() }
        assertEquals(listOf("screenshots"), excluded.map { it.id })
        assertTrue(runBlocking { container.settings.choices.first() }.onlyCharging)
    }

    private fun answerPermission(answer: Int) = checkNotNull(window).onActivity { activity ->
        val asked = shadowOf(activity).lastRequestedPermission
        val answers = IntArray(asked.requestedPermissions.size) { answer }
        activity.onRequestPermissionsResult(
            asked.requestCode,
            asked.requestedPermissions,
            answers
        )
    }

    @Test
    fun start_whileNotCharging_saysWhatItWaitsFor() {
        runBlocking {
            container.settings.setUp()
            container.settings.setOnlyCharging(true)
        }
        open()
        waitFor("No photos scanned yet")
        rule.onNodeWithText("Scan now").performClick()
        waitFor("Waiting for the charger")
    }

    @Test
    fun scanScreen_automaticScansAreOff_promisesNone() {
        fill()
        runBlocking { container.scans.stop() }
        open()
        waitForInterests()
        rule.onNodeWithText("You're up to date", substring = true).performClick()
        waitFor("automatic scans are off", substring = true)
        rule.onNodeWithText("Scan automatically").performClick()
        waitFor("New photos are scanned soon", substring = true)
        assertEquals(true, runBlocking { container.settings.choices.first() }.autoScan)
    }

    @Test
    fun settings_backFromADetail_areWhereTheyWere() {
        runBlocking { container.settings.setUp() }
        open()
        openSettings()
        waitFor("What is stored")
        rule.onNodeWithText("What is stored").performScrollTo().performClick()
        waitFor("No network")
        rule.onNodeWithContentDescription("Back").performClick()
        waitFor("What is stored")
        rule.waitForIdle()
        rule.onNodeWithText("What is stored").assertIsDisplayed()
    }

    /** What any app can send: the window is exported. */
    @Test
    fun intentOfAnotherApp_opensTheFirstScreen() {
        fill()
        for (route in listOf("privacy", "interest/x/nonsense", "interest/{category}/{period}")) {
            val arguments = Bundle().apply {
                putString("category", "x")
                putString("period", "nonsense")
            }
            val address = "android-app://androidx.navigation/$route"
            val intent = Intent(application, MainActivity::class.java)
                .setData(Uri.parse(address))
                .putExtra(
                    "android-support-nav:controller:deepLinkIds",
                    intArrayOf(0, address.hashCode())
                )
                .putParcelableArrayListExtra(
                    "android-support-nav:controller:deepLinkArgs",
                    arrayListOf(Bundle(), arguments)
                )
            // ActivityScenario waits for an activity that has these data still.
            Robolectric.buildActivity(MainActivity::class.java, intent).use {
                it.setup()
                waitForInterests()
                rule.onNodeWithText("No network").assertDoesNotExist()
            }
        }
    }

    /** The app has no Dutch texts: what it formats is in the language of those that it shows. */
    @Test
    @Config(qualifiers = "nl-rNL-w411dp-h800dp-xhdpi")
    fun phoneInAThirdLanguage_seesOneLanguage() {
        fill()
        open()
        waitForInterests()
        rule.onNodeWithText(" en ", substring = true).assertDoesNotExist()
        rule.onNodeWithText("Timeline").performClick()
        waitFor("August 2026")
    }

    @Test
    fun unread_startsAScan() {
        runBlocking { container.settings.setUp() }
        open()
        waitFor("No photos scanned yet")
        rule.onNodeWithText("Scan now").performClick()
        waitFor("Waiting")
    }

    @Test
    fun partialAccess_isNamedHonestly() {
        container.source.allowed = PhotoAccess.PARTIAL
        fill()
        open()
        waitFor("From ${TestBundle.goldenFeatures().size} photos that you selected")
        rule.onNodeWithText("Select more").assertExists()
    }

    @Test
    fun accessTakenAway_profileStaysAndSaysSo() {
        fill()
        open()
        waitForInterests()
        container.source.allowed = PhotoAccess.DENIED
        checkNotNull(window).moveToState(Lifecycle.State.STARTED)
            .moveToState(Lifecycle.State.RESUMED)
        waitFor("scanned before you revoked access", substring = true)
        rule.onNodeWithText("Allow access to photos").assertExists()
    }

    @Test
    fun rotation_keepsTheScreen() {
        fill()
        open()
        openTopInterest()
        checkNotNull(window).recreate()
        waitForNamed("Hide")
    }

    @Test
    fun processDeath_keepsTheScreen_andTheOneBelowIt() {
        fill()
        acrossProcessDeath(
            before = {
                waitForInterests()
                rule.onNodeWithText("Timeline").performClick()
                waitFor("August 2026")
                rule.onNodeWithText("August 2026").performClick()
                waitForBack()
            },
            after = {
                waitForBack()
                waitFor("August 2026")
                rule.onNodeWithContentDescription("Back").performClick()
                waitFor("Timeline")
                waitFor("August 2026")
            }
        )
    }

    /** Each destination stays as it was left, and back leads to the first one before it leaves. */
    @Test
    fun destinations_keepWhereTheyWere_andBackLeadsToTheFirst() {
        fillMany()
        open()
        waitForInterests()
        rule.onNodeWithText("Timeline").performClick()
        waitFor("August 2026")
        rule.onAllNodes(hasScrollToNodeAction()).onFirst()
            .performScrollToNode(hasText("January 2025"))
        rule.onNodeWithText("Library").performClick()
        waitFor("Products for you")
        rule.onNodeWithText("Timeline").performClick()
        waitFor("January 2025")
        rule.onNodeWithText("January 2025").assertIsDisplayed()
        goBack()
        waitForInterests()
    }

    @Test
    fun library_hiddenInterest_isShownAgain_andThatIsUndone() {
        fill()
        val interest = topInterest().category
        runBlocking { container.database.feedback().hide(interest.id) }
        open()
        waitFor("Library")
        rule.onNodeWithText("Library").performClick()
        waitFor("Hidden interests")
        rule.onNodeWithText("Show again").performClick()
        waitFor("${interest.names.getValue("en")} is shown again")
        waitUntil { hidden().isEmpty() }
        rule.onNodeWithText("Undo").performClick()
        waitUntil { hidden() == listOf(interest.id) }
    }

    @Test
    fun interest_opensWithItsPhotos_andCanBeHidden() {
        fill()
        val interest = topInterest()
        val name = interest.category.names.getValue("en")
        open()
        openTopInterest()
        rule.onNodeWithText("Why?").performClick()
        rule.waitUntilAtLeastOneExists(
            hasContentDescription("Photo that contributed", substring = true),
            PATIENCE_MS
        )
        rule.onNodeWithText("Why?").performClick()
        rule.onAllNodesWithContentDescription("Photo 1 of", substring = true)
            .onFirst().performClick()
        rule.waitUntilAtLeastOneExists(hasContentDescription("Share photo"), PATIENCE_MS)
        rule.onNodeWithContentDescription("Back").performClick()
        waitForNamed("Hide")
        rule.onNodeWithContentDescription("Hide").performClick()
        waitFor("$name hidden")
        assertEquals(listOf(interest.category.id), hidden())
        waitForInterests()
        // What was shown before stays until the profile is computed again.
        rule.waitUntilDoesNotExist(hasText(name), PATIENCE_MS)
        rule.onNodeWithText("Undo").performClick()
        waitForButton(name)
        assertEquals(emptyList<String>(), hidden())
    }

    /** Several photos are selected by a long press and taps, shared, or taken out of the interest. */
    @Test
    fun interest_selectedPhotos_areShared_orTakenOut_andThatIsUndone() {
        fill()
        val interest = shownInterest()
        val id = interest.category.id
        val count = interest.strength.photos
        open()
        openInterest(interest)
        selectFirst()
        rule.onNodeWithContentDescription("Share").performClick()
        rule.waitForIdle()
        val chooser = shadowOf(application).nextStartedActivity
        val send = chooser.getParcelableExtra(Intent.EXTRA_INTENT, Intent::class.java)!!
        assertEquals(Intent.ACTION_SEND, send.action)
        val shared = send.getParcelableExtra(Intent.EXTRA_STREAM, Uri::class.java)
        assertEquals(interest.photos.first().uri, shared)
        assertTrue(send.flags and Intent.FLAG_GRANT_READ_URI_PERMISSION != 0)
        selectFirst()
        goBack()
        waitForNamed("Hide")
        selectFirst()
        rule.onNodeWithContentDescription("Doesn't belong here").performClick()
        waitFor("1 photo removed from", substring = true)
        waitUntil { photosOf(id) == count - 1 }
        rule.onNodeWithText("Undo").performClick()
        waitUntil { photosOf(id) == count }
    }

    private fun selectFirst() {
        waitForNamed("Hide")
        rule.onAllNodesWithContentDescription("Photo 1 of", substring = true)
            .onFirst().performTouchInput { longClick() }
        waitFor("1 selected")
    }

    private fun photosOf(id: String) =
        runBlocking { container.interests.interest(id, Period.All) }?.strength?.photos

    @Test
    fun interest_wanted_staysAboveAllOthers() {
        fill()
        val last = runBlocking { container.interests.profile(Period.All, 1) }.interests.last()
        open()
        val name = last.category.names.getValue("en")
        waitForInterests()
        // The list has no more than is in the window; its first lines leave it while it scrolls.
        rule.onAllNodes(hasScrollToNodeAction()).onFirst()
            .performScrollToNode(hasText(name) and hasClickAction())
        rule.onNode(hasText(name) and hasClickAction()).performClick()
        waitForNamed("Pin")
        rule.onNodeWithContentDescription("Pin").performClick()
        waitForNamed("Unpin")
        rule.onNodeWithContentDescription("Back").performClick()
        waitForInterests()
        assertEquals(last.category, topInterest().category)
        rule.onNodeWithText("Library").performClick()
        waitFor("Pinned interests")
        rule.onNodeWithText("Unpin").performScrollTo().performClick()
        waitUntil { topInterest().category != last.category }
    }

    @Test
    fun suggestions_sample_ranksItsProducts_andALinkOpensTheBrowser() {
        fill()
        open()
        waitForInterests()
        rule.onNodeWithText("Library").performClick()
        waitFor("Products for you")
        rule.onNodeWithText("Products for you").performClick()
        waitFor("No catalogue yet")
        rule.onNodeWithText("Try a sample").performClick()
        waitFor("The best of 15 products", substring = true)
        rule.onNodeWithText("Catalogue of Photo Interests, made on", substring = true)
            .assertExists()
        rule.onAllNodes(hasText("Open example.org")).onFirst().performScrollTo().performClick()
        rule.waitForIdle()
        val started = shadowOf(application).nextStartedActivity
        assertEquals(Intent.ACTION_VIEW, started.action)
        assertEquals("https", started.data?.scheme)
        runBlocking { container.deleteEverything() }
        waitFor("No catalogue yet")
        assertEquals(0, container.catalogueStore.bytes())
    }

    /** Once there is a catalogue its best products are among the interests; "Not this" is kept. */
    @Test
    fun suggestions_areAmongTheInterests_andOneThatIsRejectedStaysAway() {
        fill()
        runBlocking {
            // All are wanted, so that products suit whatever the models make of the photos.
            val wanted = container.bundle.card.interests.filter { it.shown == Shown.ALWAYS }
            container.database.feedback().take(wanted.map { it.id }, emptyList())
            container.catalogueStore.put { application.assets.open("sample.catalogue") }
        }
        open()
        waitForInterests()
        rule.onAllNodes(hasScrollToNodeAction()).onFirst()
            .performScrollToNode(hasText("Products for you"))
        rule.onNodeWithText("Products for you").performClick()
        waitFor("The best of 15 products", substring = true)
        val first = runBlocking { products(1) }.single()
        rule.onNodeWithContentDescription("Not this: ${first.title}")
            .performScrollTo().performClick()
        waitFor("${first.title} is no longer suggested")
        waitUntil { rejected().map { it.product } == listOf(first.id) }
        rule.waitUntilDoesNotExist(
            hasContentDescription("Not this: ${first.title}"),
            PATIENCE_MS
        )
        rule.onNodeWithText("Undo").performClick()
        waitUntil { rejected().isEmpty() }
        waitForNamed("Not this: ${first.title}")
    }

    private suspend fun products(top: Int) = checkNotNull(
        container.recommender.recommend(container.database.feedback().feedback().first(), top)
    ).best

    private fun rejected() =
        runBlocking { container.database.feedback().rejectedProducts().first() }

    @Test
    fun suggestions_fileThatIsNone_isRefusedByName() {
        fill()
        open()
        waitForInterests()
        rule.onNodeWithText("Library").performClick()
        waitFor("Products for you")
        rule.onNodeWithText("Products for you").performClick()
        waitFor("Choose a file")
        rule.onNodeWithText("Choose a file").performClick()
        rule.waitForIdle()
        val document = Uri.parse("content://files/1")
        shadowOf(application.contentResolver)
            .registerInputStream(document, "no catalogue".byteInputStream())
        checkNotNull(window).onActivity {
            val request = shadowOf(it).nextStartedActivityForResult.intent
            assertEquals(Intent.ACTION_OPEN_DOCUMENT, request.action)
            shadowOf(it).receiveResult(request, RESULT_OK, Intent().setData(document))
        }
        waitFor("It is not a catalogue.")
    }

    @Test
    fun export_isLentToWhatTheUserChooses_andDeletedWithEverything() {
        fill()
        open()
        waitForInterests()
        openSettings()
        waitFor("Export and import")
        rule.onNodeWithText("Export and import").performScrollTo().performClick()
        waitFor("Share profile")
        rule.onNodeWithText("Share profile").performScrollTo().performClick()
        waitUntil { shadowOf(application).peekNextStartedActivity() != null }
        val chooser = shadowOf(application).nextStartedActivity
        val send = chooser.getParcelableExtra(Intent.EXTRA_INTENT, Intent::class.java)
        val address = send?.getParcelableExtra(Intent.EXTRA_STREAM, Uri::class.java)
        assertEquals("content://org.photointerests.export/profile/photo-interests.json", "$address")
        assertTrue(send!!.flags and Intent.FLAG_GRANT_READ_URI_PERMISSION != 0)
        // What the provider lends by that address: the host's Java does not let it open the file.
        val text = File(application.cacheDir, "exports/photo-interests.json").readText()
        assertTrue(text, topInterest().category.id in text)
        assertEquals(text.toByteArray().size.toLong(), container.export.bytes())
        runBlocking { container.deleteEverything() }
        assertEquals(0, container.export.bytes())
    }

    @Test
    fun albums_switchedOff_leavesTheProfile() {
        repeat(3) { container.source.put(it.toLong(), ByteArray(1), album = "shots") }
        fill(album = "shots")
        open()
        waitForInterests()
        openSettings()
        waitFor("Albums")
        rule.onNodeWithText("Albums").performScrollTo().performClick()
        waitFor("Shots")
        rule.onNodeWithText("3 photos").assertExists()
        rule.onNodeWithText("Shots").performClick()
        waitFor("3 photos, turned off")
        assertEquals(0, runBlocking { container.photos.counts.first() }.read)
    }

    @Test
    fun timeline_month_opensItsInterests() {
        fill()
        open()
        waitForInterests()
        rule.onNodeWithText("Timeline").performClick()
        waitFor("August 2026")
        rule.onNodeWithText("August 2026").performClick()
        waitForBack()
        val name = topInterest().category.names.getValue("en")
        waitForButton(name)
        rule.onNode(hasText(name) and hasClickAction()).performClick()
        waitForNamed("Hide")
        rule.onNodeWithContentDescription("Back").performClick()
        waitForButton(name)
        rule.onNodeWithContentDescription("Back").performClick()
        waitFor("Timeline")
        waitFor("August 2026")
    }

    /** What came this month is first, and what was never seen before is called new. */
    @Test
    fun photosOfThisMonth_areNewThisMonth() {
        val start = TEST_MONTH.atDay(1).atStartOfDay(ZoneOffset.UTC)
        runBlocking {
            TestBundle.goldenFeatures().forEachIndexed { index, features ->
                val key = PhotoKey("external_primary", index.toLong())
                val at = start.toInstant().toEpochMilli() + index * HOUR_MS
                container.database.put(photoSample(key, features, at))
            }
        }
        shownInterest()
        open()
        waitFor("New this month")
        rule.onAllNodesWithText("New").onFirst().assertIsDisplayed()
    }

    @Test
    fun settings_sensitiveInterests_areShownOnRequestAlone() {
        runBlocking { container.settings.setUp() }
        open()
        openSettings()
        waitFor("Show sensitive interests")
        rule.onNode(isToggleable() and hasText("Show sensitive interests"))
            .performScrollTo().assertIsOff().performClick()
        waitUntil { runBlocking { container.settings.choices.first() }.sensitive }
        assertEquals(true, runBlocking { container.interests.sensitive.first() })
    }

    @Test
    fun settings_deleteEverything_asksFirst() {
        fill()
        val untouched = runBlocking { container.settings.choices.first() }
        runBlocking { container.settings.setThreads(untouched.threads / 2) }
        open()
        openSettings()
        waitFor("What is stored")
        rule.onNodeWithText("What is stored").performScrollTo().performClick()
        waitFor("No network")
        rule.onNodeWithContentDescription("Back").performClick()
        waitFor("What is stored")
        rule.onNode(hasText("Delete everything") and hasClickAction())
            .performScrollTo().performClick()
        waitFor("Delete")
        rule.onNodeWithText("Delete").performClick()
        // The choices go last.
        waitUntil { runBlocking { container.settings.choices.first() } == untouched }
        assertEquals(0, runBlocking { container.photos.counts.first() }.read)
    }

    /** The photos of the golden set are there, with what they show. */
    private fun waitForInterests() = waitFor("Your interests")

    private fun waitForBack() = waitForNamed("Back")

    private fun goBack() =
        checkNotNull(window).onActivity { it.onBackPressedDispatcher.onBackPressed() }

    private fun openTopInterest() = openInterest(topInterest())

    private fun openInterest(interest: Interest) {
        val name = interest.category.names.getValue("en")
        waitForButton(name)
        rule.onNode(hasText(name) and hasClickAction()).performScrollTo().performClick()
        waitForNamed("Hide")
    }

    private fun hidden() = runBlocking { container.database.feedback().hidden().first() }

    private fun waitUntil(condition: () -> Boolean) = rule.waitUntil(PATIENCE_MS) {
        rule.waitForIdle()
        condition()
    }

    private fun waitForButton(text: String) =
        rule.waitUntilAtLeastOneExists(hasText(text) and hasClickAction(), PATIENCE_MS)

    private fun topInterest(): Interest =
        runBlocking { container.interests.profile(Period.All, 1) }.interests.first()

    /** Two years of the golden set, each photo in a month of its own. */
    private fun fillMany() = runBlocking {
        val features = TestBundle.goldenFeatures()
        repeat(24) { back ->
            val at = ZonedDateTime.of(2026, 8, 10, 10, 0, 0, 0, ZoneOffset.UTC)
                .minusMonths(back.toLong()).toInstant().toEpochMilli()
            val key = PhotoKey("external_primary", back.toLong())
            container.database.put(photoSample(key, features[back % features.size], at))
        }
    }
}
