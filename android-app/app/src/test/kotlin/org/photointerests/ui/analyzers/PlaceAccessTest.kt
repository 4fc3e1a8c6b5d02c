package org.photointerests.ui.analyzers

import android.Manifest.permission.ACCESS_MEDIA_LOCATION
import android.content.Intent
import android.content.pm.PackageManager.PERMISSION_DENIED
import android.content.pm.PackageManager.PERMISSION_GRANTED
import android.provider.Settings.ACTION_APPLICATION_DETAILS_SETTINGS
import androidx.activity.ComponentActivity
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.assertIsOff
import androidx.compose.ui.test.assertIsOn
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.v2.createAndroidComposeRule
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.lifecycle.Lifecycle
import java.io.File
import kotlinx.coroutines.flow.MutableStateFlow
import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.core.ErrorState
import org.photointerests.packs.PackStore
import org.photointerests.pipeline.analysis.places.PlaceAnalyzer
import org.photointerests.pipeline.scan.AnalyzerChoice
import org.photointerests.support.AppTestRunner
import org.photointerests.support.PATIENCE_MS
import org.photointerests.support.PHONE
import org.photointerests.support.TestApplication
import org.photointerests.ui.designsystem.PhotoInterestsTheme
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config

private const val REASON = "Android hides where photos were taken"
private const val STILL_WORKS = "Interests, scenes and the search work as before"
private const val ALLOW = "Allow places"

/** The permission that the places of photos need is asked for where they are turned on. */
@RunWith(AppTestRunner::class)
@Config(application = TestApplication::class, qualifiers = PHONE)
class PlaceAccessTest {
    @get:Rule val rule = createAndroidComposeRule<ComponentActivity>()

    private val choices = MutableStateFlow(listOf(AnalyzerChoice(PlaceAnalyzer.NAME, false, 0)))
    private val sets = mutableListOf<Boolean>()
    private var isAllowed = false

    @Test
    fun turnedOn_asksForThePermission_withTheReasonInView() {
        show()
        rule.onNodeWithText(REASON, substring = true).assertIsDisplayed().assertIsOff()
        assertEquals(0, count(STILL_WORKS))
        turnOn()
        assertEquals(listOf(true), sets)
        assertEquals(listOf(ACCESS_MEDIA_LOCATION), asked().requestedPermissions.toList())
    }

    @Test
    fun refused_theScreenSaysWhatStillWorks_andOpensNothing() {
        show()
        turnOn()
        answer(granted = false)
        rule.onNodeWithText(STILL_WORKS, substring = true).assertIsDisplayed()
        rule.onNodeWithText(REASON, substring = true).assertIsOn()
        assertEquals(emptyList<Intent>(), openedSettings())
    }

    /** Where the system asks once more, its question is enough. */
    @Test
    fun refusedOnce_theButtonAsksAgain() {
        shadowOf(rule.activity.packageManager)
            .setShouldShowRequestPermissionRationale(ACCESS_MEDIA_LOCATION, true)
        show()
        turnOn()
        answer(granted = false)
        rule.onNodeWithText(ALLOW).performClick()
        answer(granted = false)
        assertEquals(emptyList<Intent>(), openedSettings())
    }

    @Test
    fun refusedForGood_theButtonOpensTheSystemsSettings() {
        show()
        turnOn()
        answer(granted = false)
        rule.onNodeWithText(ALLOW).performClick()
        answer(granted = false)
        val opened = openedSettings().single()
        assertEquals(rule.activity.packageName, opened.data?.schemeSpecificPart)
    }

    @Test
    fun allowed_placesAreLookedFor_andTheNoteIsGone() {
        show()
        turnOn()
        isAllowed = true
        answer(granted = true)
        rule.waitUntil(PATIENCE_MS) { sets == listOf(true, true) }
        assertEquals(listOf(0, 0, 0), listOf(REASON, STILL_WORKS, ALLOW).map(::count))
    }

    @Test
    fun allowedInTheSystemsSettings_isSeenOnReturn() {
        choices.value = choices.value.map { it.copy(on = true) }
        show()
        rule.onNodeWithText(ALLOW).assertIsDisplayed()
        rule.activityRule.scenario.moveToState(Lifecycle.State.CREATED)
        isAllowed = true
        rule.activityRule.scenario.moveToState(Lifecycle.State.RESUMED)
        rule.waitUntil(PATIENCE_MS) { sets == listOf(true) && count(ALLOW) == 0 }
    }

    private fun show() {
        val model = AnalyzersViewModel(choices, ErrorState()) { name, on ->
            assertEquals(PlaceAnalyzer.NAME, name)
            sets += on
            choices.value = choices.value.map { it.copy(on = on) }
        }
        val packs = PacksViewModel(PackStore(File("none"), emptyList()), ErrorState(), {}, {})
        rule.setContent {
            PhotoInterestsTheme { AnalyzersRoute(model, packs, { isAllowed }, {}, {}) }
        }
        rule.waitUntil(PATIENCE_MS) { count("Places") == 1 }
    }

    private fun turnOn() {
        rule.onNodeWithText("Places").performClick()
        rule.waitUntil(PATIENCE_MS) { count(ALLOW) == 1 }
    }

    private fun asked() = shadowOf(rule.activity).lastRequestedPermission

    private fun answer(granted: Boolean) {
        rule.waitForIdle()
        val result = if (granted) PERMISSION_GRANTED else PERMISSION_DENIED
        rule.runOnUiThread {
            asked().let {
                rule.activity.onRequestPermissionsResult(
                    it.requestCode,
                    it.requestedPermissions,
                    intArrayOf(result)
                )
            }
        }
        rule.waitForIdle()
    }

    /** The question of the system is an activity too. */
    private fun openedSettings(): List<Intent> =
        generateSequence { shadowOf(rule.activity).nextStartedActivity }
            .filter { it.action == ACTION_APPLICATION_DETAILS_SETTINGS }.toList()

    private fun count(text: String) =
        rule.onAllNodes(hasText(text, substring = true)).fetchSemanticsNodes().size
}
