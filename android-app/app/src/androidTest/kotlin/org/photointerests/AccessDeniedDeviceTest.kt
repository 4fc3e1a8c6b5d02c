package org.photointerests

import android.accessibilityservice.AccessibilityServiceInfo.FLAG_REPORT_VIEW_IDS
import android.view.accessibility.AccessibilityNodeInfo
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.v2.createAndroidComposeRule
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.test.ext.junit.runners.AndroidJUnit4
import androidx.test.platform.app.InstrumentationRegistry
import kotlinx.coroutines.runBlocking
import org.junit.Assume.assumeTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.pipeline.media.PhotoAccess

private const val PATIENCE_MS = 20_000L
private val DENY = listOf("permission_deny_button", "permission_deny_and_dont_ask_again_button")
    .map { "com.android.permissioncontroller:id/$it" }

/**
 * The user refuses in the phone's own dialog. Only on a fresh install: what was allowed before
 * cannot be taken back without the end of this process.
 */
@OptIn(ExperimentalTestApi::class)
@RunWith(AndroidJUnit4::class)
class AccessDeniedDeviceTest {
    @get:Rule val rule = createAndroidComposeRule<MainActivity>()

    private val automation = InstrumentationRegistry.getInstrumentation().uiAutomation.apply {
        serviceInfo = serviceInfo.apply { flags = flags or FLAG_REPORT_VIEW_IDS }
    }

    @Test
    fun choosePhotos_refused_saysSoAndOffersTheSettings() {
        val context = rule.activity
        val source = context.photoInterests.source
        assumeTrue("photos were allowed before", source.access() == PhotoAccess.DENIED)
        runBlocking { context.photoInterests.deleteEverything() }
        waitFor(R.string.welcome_title)
        rule.onNodeWithText(context.getString(R.string.welcome_allow)).performClick()
        val end = System.currentTimeMillis() + PATIENCE_MS
        // One dialog for photos, and on newer Androids one for notifications.
        while (!isShown(R.string.access_denied)) {
            check(System.currentTimeMillis() < end) { "nothing to refuse in ${PATIENCE_MS} ms" }
            denyButton()?.performAction(AccessibilityNodeInfo.ACTION_CLICK)
            Thread.sleep(500)
        }
        waitFor(R.string.access_settings)
    }

    private fun denyButton(): AccessibilityNodeInfo? = automation.rootInActiveWindow?.let { root ->
        DENY.firstNotNullOfOrNull { root.findAccessibilityNodeInfosByViewId(it).firstOrNull() }
    }

    private fun isShown(text: Int) = rule.onAllNodes(hasText(rule.activity.getString(text)))
        .fetchSemanticsNodes(atLeastOneRootRequired = false).isNotEmpty()

    private fun waitFor(text: Int) =
        rule.waitUntilAtLeastOneExists(hasText(rule.activity.getString(text)), PATIENCE_MS)
}
