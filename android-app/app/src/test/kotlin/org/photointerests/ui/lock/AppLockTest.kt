package org.photointerests.ui.lock

import android.app.KeyguardManager
import android.hardware.biometrics.BiometricPrompt
import android.os.CancellationSignal
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.lifecycle.Lifecycle
import java.util.concurrent.Executor
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Before
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.support.AppTestRunner
import org.photointerests.support.AppWalk
import org.photointerests.support.PATIENCE_MS
import org.photointerests.support.TestApplication
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import org.robolectric.annotation.Implementation
import org.robolectric.annotation.Implements

/** The lock of the app, in the real window; the phone's own dialog alone is another one. */
@OptIn(ExperimentalTestApi::class)
@RunWith(AppTestRunner::class)
@Config(
    application = TestApplication::class,
    qualifiers = "w411dp-h800dp-xhdpi",
    shadows = [PromptOfTests::class]
)
class AppLockTest : AppWalk() {
    private val keyguard = application.getSystemService(KeyguardManager::class.java)

    @Before
    fun setScreenLock() {
        PromptOfTests.reset()
        shadowOf(keyguard).setIsDeviceSecure(true)
        runBlocking { container.settings.setUp() }
        fill()
    }

    @Test
    fun locked_showsNothing_untilItIsUnlocked() {
        openLocked()
        assertHidden()
        assertEquals(1, PromptOfTests.asked)
        PromptOfTests.succeed()
        waitForNamed("Settings")
        rule.onNodeWithText("Locked").assertDoesNotExist()
    }

    @Test
    fun cancelled_staysLocked_andTheButtonAsksAgain() {
        openLocked()
        window?.moveToState(Lifecycle.State.STARTED)?.moveToState(Lifecycle.State.RESUMED)
        waitFor("Locked")
        assertHidden()
        assertEquals(1, PromptOfTests.asked)
        rule.onNodeWithText("Unlock").performClick()
        assertEquals(2, PromptOfTests.asked)
        PromptOfTests.succeed()
        waitForNamed("Settings")
    }

    @Test
    fun left_locksAgain_andOpensWhereItWas() {
        openLocked()
        PromptOfTests.succeed()
        openSettings()
        waitFor("App lock")
        window?.moveToState(Lifecycle.State.CREATED)?.moveToState(Lifecycle.State.RESUMED)
        waitFor("Locked")
        rule.onNodeWithText("App lock").assertDoesNotExist()
        assertEquals(2, PromptOfTests.asked)
        PromptOfTests.succeed()
        waitFor("App lock")
    }

    @Test
    fun rotated_staysUnlocked() {
        openLocked()
        PromptOfTests.succeed()
        openSettings()
        waitFor("App lock")
        window?.recreate()
        waitFor("App lock")
        assertEquals(1, PromptOfTests.asked)
    }

    @Test
    fun turnedOn_asksFirst_andStaysOpen() {
        open()
        openSettings()
        pressLock()
        assertEquals(1, PromptOfTests.asked)
        assertEquals(false, isOn())
        PromptOfTests.succeed()
        rule.waitUntil(PATIENCE_MS) {
            rule.waitForIdle()
            isOn()
        }
        waitFor("App lock")
        pressLock()
        rule.waitUntil(PATIENCE_MS) {
            rule.waitForIdle()
            !isOn()
        }
        assertEquals(1, PromptOfTests.asked)
    }

    @Test
    fun withoutScreenLock_isExplained_andLocksNobodyOut() {
        shadowOf(keyguard).setIsDeviceSecure(false)
        open()
        openSettings()
        waitFor("Set up a screen lock", substring = true)
        pressLock()
        assertEquals(
            android.provider.Settings.ACTION_SECURITY_SETTINGS,
            shadowOf(application).nextStartedActivity.action
        )
        window?.close()
        runBlocking { container.settings.setAppLock(true) }
        open()
        waitForNamed("Settings")
        assertEquals(0, PromptOfTests.asked)
    }

    private fun openLocked() {
        runBlocking { container.settings.setAppLock(true) }
        open()
        waitFor("Locked")
    }

    private fun assertHidden() {
        rule.onNode(hasContentDescription("Settings")).assertDoesNotExist()
        rule.onNode(hasText("photos", substring = true)).assertDoesNotExist()
    }

    private fun pressLock() {
        waitFor("App lock")
        rule.onNodeWithText("App lock").performScrollTo().performClick()
    }

    private fun isOn() = runBlocking { container.settings.choices.first() }.appLock
}

/** In the place of Android's dialog: a test answers it. */
@Implements(BiometricPrompt::class)
class PromptOfTests {
    @Implementation
    fun authenticate(
        cancel: CancellationSignal,
        executor: Executor,
        callback: BiometricPrompt.AuthenticationCallback
    ) {
        asked++
        answer = callback
    }

    companion object {
        var asked = 0
            private set
        private var answer: BiometricPrompt.AuthenticationCallback? = null

        fun reset() {
            asked = 0
            answer = null
        }

        fun succeed() = checkNotNull(answer).onAuthenticationSucceeded(null)
    }
}
