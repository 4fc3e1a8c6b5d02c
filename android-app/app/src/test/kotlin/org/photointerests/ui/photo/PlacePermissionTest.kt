package org.photointerests.ui.photo

import android.Manifest.permission.ACCESS_MEDIA_LOCATION
import android.content.Intent
import android.content.pm.PackageManager.PERMISSION_GRANTED
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.onFirst
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.test.core.app.ActivityScenario
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.MainActivity
import org.photointerests.support.AppTestRunner
import org.photointerests.support.AppWalk
import org.photointerests.support.PATIENCE_MS
import org.photointerests.support.TestApplication
import org.photointerests.ui.StartAction
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config

/** Where a photo was taken is asked for where it is shown, and not before. */
@OptIn(ExperimentalTestApi::class)
@RunWith(AppTestRunner::class)
@Config(application = TestApplication::class, qualifiers = "w411dp-h1200dp-xhdpi")
class PlacePermissionTest : AppWalk() {
    @Test
    fun showPlace_asksForThePermission_andReadsTheFileAgain() {
        fill()
        val start = StartAction.Interest(shownInterest().category.id)
        val photo = hasContentDescription("Photo 1 of", substring = true)
        ActivityScenario.launch<MainActivity>(
            Intent(application, MainActivity::class.java).setAction(start.action)
        ).use { window ->
            rule.waitUntilAtLeastOneExists(photo, PATIENCE_MS)
            rule.onAllNodes(photo).onFirst().performClick()
            waitFor("Show the place")
            rule.onNodeWithText("Show the place").performClick()
            rule.waitForIdle()
            shadowOf(application).grantPermissions(ACCESS_MEDIA_LOCATION)
            window.onActivity { activity ->
                val asked = shadowOf(activity).lastRequestedPermission
                assertEquals(listOf(ACCESS_MEDIA_LOCATION), asked.requestedPermissions.toList())
                activity.onRequestPermissionsResult(
                    asked.requestCode,
                    asked.requestedPermissions,
                    intArrayOf(PERMISSION_GRANTED)
                )
            }
            // All that is known of the photo is there again, without the question.
            rule.waitUntil(PATIENCE_MS) {
                rule.waitForIdle()
                rule.onAllNodes(hasText("August", substring = true)).fetchSemanticsNodes()
                    .isNotEmpty() &&
                    rule.onAllNodes(hasText("Show the place")).fetchSemanticsNodes().isEmpty()
            }
        }
    }
}
