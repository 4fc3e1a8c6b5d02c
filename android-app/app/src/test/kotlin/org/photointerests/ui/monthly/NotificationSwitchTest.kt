package org.photointerests.ui.monthly

import android.Manifest.permission.POST_NOTIFICATIONS
import android.app.NotificationManager
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.work.WorkInfo
import androidx.work.WorkManager
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.support.AppTestRunner
import org.photointerests.support.AppWalk
import org.photointerests.support.PATIENCE_MS
import org.photointerests.support.TestApplication
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config

private const val SWITCH = "Your photos of the month"

/** The switch of the monthly notification, which asks for what it needs. */
@RunWith(AppTestRunner::class)
@Config(application = TestApplication::class, qualifiers = "w411dp-h1200dp-xhdpi")
class NotificationSwitchTest : AppWalk() {
    private val notifications =
        shadowOf(application.getSystemService(NotificationManager::class.java))

    @Test
    fun turnedOn_asksForThePermission_andStaysOffUntilItIsGiven() {
        notifications.setNotificationsEnabled(false)
        press()
        window?.onActivity {
            val asked = shadowOf(it).lastRequestedPermission.requestedPermissions.toList()
            assertEquals(listOf(POST_NOTIFICATIONS), asked)
        }
        assertFalse(isOn())
    }

    @Test
    fun turnedOn_schedulesTheWork_andTurnedOffCancelsIt() {
        press()
        waitUntil { isOn() && states() == listOf(WorkInfo.State.ENQUEUED) }
        rule.onNodeWithText(SWITCH).performClick()
        waitUntil { !isOn() && states() == listOf(WorkInfo.State.CANCELLED) }
        assertTrue(notifications.allNotifications.isEmpty())
    }

    private fun press() {
        fill()
        runBlocking { container.settings.setUp() }
        open()
        openSettings()
        waitFor(SWITCH)
        rule.onNodeWithText(SWITCH).performScrollTo().performClick()
    }

    private fun waitUntil(condition: () -> Boolean) = rule.waitUntil(PATIENCE_MS) {
        rule.waitForIdle()
        condition()
    }

    private fun isOn() = runBlocking { container.settings.choices.first() }.monthlyNotification

    private fun states() = WorkManager.getInstance(application)
        .getWorkInfosForUniqueWork(MonthlySchedule.NAME).get().map { it.state }
}
