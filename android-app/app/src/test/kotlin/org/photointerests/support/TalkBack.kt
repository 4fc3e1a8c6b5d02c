package org.photointerests.support

import android.accessibilityservice.AccessibilityServiceInfo
import android.view.View
import android.view.accessibility.AccessibilityManager
import android.view.accessibility.AccessibilityNodeInfo
import androidx.compose.ui.platform.ViewRootForTest
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.junit4.ComposeTestRule
import androidx.compose.ui.test.onRoot
import androidx.test.core.app.ApplicationProvider
import org.junit.rules.ExternalResource
import org.robolectric.Shadows.shadowOf

private const val NEXT = "android.view.accessibility.extra.EXTRA_DATA_TEST_TRAVERSALBEFORE_VAL"
private const val HOST = -1

/** TalkBack, as far as apps notice it: Compose says in which order it reads while it is on. */
class TalkBack : ExternalResource() {
    override fun before() {
        val context = ApplicationProvider.getApplicationContext<android.app.Application>()
        val manager = checkNotNull(context.getSystemService(AccessibilityManager::class.java))
        shadowOf(manager).apply {
            setEnabled(true)
            setTouchExplorationEnabled(true)
            setEnabledAccessibilityServiceList(listOf(AccessibilityServiceInfo()))
        }
    }

    /** What a swipe to the right reads of a window, one after the other. */
    fun order(rule: ComposeTestRule): List<String> {
        rule.waitForIdle()
        val root = rule.onRoot().fetchSemanticsNode()
        val view = (root.root as ViewRootForTest).view
        val nodes = rule.onAllNodes(SemanticsMatcher("any") { true }).fetchSemanticsNodes()
            .associateBy { it.id }
        val next = nodes.keys.mapNotNull { id -> view.next(id)?.let { id to it } }.toMap()
        var current = nodes.keys.singleOrNull { it in next && it !in next.values }
        return buildList {
            while (current != null) {
                nodes[current]?.takeIf { view.info(current!!)?.isScreenReaderFocusable == true }
                    ?.let { add(it.spoken().joinToString(", ")) }
                current = next[current]
            }
        }.filter { it.isNotBlank() }
    }

    private fun View.info(id: Int): AccessibilityNodeInfo? =
        checkNotNull(accessibilityNodeProvider).createAccessibilityNodeInfo(hostOr(id))

    private fun View.next(id: Int): Int? {
        val info = info(id) ?: return null
        accessibilityNodeProvider.addExtraDataToAccessibilityNodeInfo(id, info, NEXT, null)
        return info.extras.getInt(NEXT, HOST).takeIf { it != HOST }
    }

    private fun View.hostOr(id: Int) =
        if ((this as? ViewRootForTest)?.semanticsOwner?.rootSemanticsNode?.id == id) HOST else id
}
