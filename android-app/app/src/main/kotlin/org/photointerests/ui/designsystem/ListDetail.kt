package org.photointerests.ui.designsystem

import androidx.compose.foundation.layout.Box
import androidx.compose.material3.adaptive.ExperimentalMaterial3AdaptiveApi
import androidx.compose.material3.adaptive.currentWindowAdaptiveInfo
import androidx.compose.material3.adaptive.layout.AnimatedPane
import androidx.compose.material3.adaptive.layout.ListDetailPaneScaffold
import androidx.compose.material3.adaptive.layout.ListDetailPaneScaffoldRole
import androidx.compose.material3.adaptive.layout.calculatePaneScaffoldDirective
import androidx.compose.material3.adaptive.navigation.BackNavigationBehavior
import androidx.compose.material3.adaptive.navigation.ThreePaneScaffoldNavigator
import androidx.compose.material3.adaptive.navigation.rememberListDetailPaneScaffoldNavigator
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Stable
import androidx.compose.runtime.key
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.ui.Modifier
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.launch

// Going back takes away what is chosen, however much was chosen one after the other.
@OptIn(ExperimentalMaterial3AdaptiveApi::class)
private val BACK = BackNavigationBehavior.PopUntilCurrentDestinationChange

/** What is chosen of a list whose pages are beside it in windows of 840 dp and more. */
@OptIn(ExperimentalMaterial3AdaptiveApi::class)
@Stable
internal class ListDetailState(
    internal val navigator: ThreePaneScaffoldNavigator<String>,
    private val scope: CoroutineScope
) {
    /** Whether both are in sight; where they are not, pages are screens of their own. */
    val isBeside: Boolean get() = navigator.scaffoldDirective.maxHorizontalPartitions > 1

    /** What the user has chosen; null until then. */
    val chosen: String? get() = navigator.currentDestination?.contentKey

    /** Shows the page of [key] beside the list. */
    fun choose(key: String) {
        scope.launch { navigator.navigateTo(ListDetailPaneScaffoldRole.Detail, key) }
    }

    /** Takes away what is chosen. */
    fun back() {
        scope.launch { if (navigator.canNavigateBack(BACK)) navigator.navigateBack(BACK) }
    }
}

/** Remembers what is chosen, a process's death included; nothing is beside a list without pages. */
@OptIn(ExperimentalMaterial3AdaptiveApi::class)
@Composable
internal fun rememberListDetailState(hasPages: Boolean): ListDetailState {
    val directive = calculatePaneScaffoldDirective(currentWindowAdaptiveInfo())
    val navigator = rememberListDetailPaneScaffoldNavigator<String>(
        if (hasPages) directive else directive.copy(maxHorizontalPartitions = 1)
    )
    return ListDetailState(navigator, rememberCoroutineScope())
}

/**
 * A list and, beside it in wide windows, the page of what is chosen of it, or of [first] until then.
 *
 * On phones it is the list alone, unless a foldable was closed over a page.
 */
@OptIn(ExperimentalMaterial3AdaptiveApi::class)
@Composable
internal fun ListDetail(
    state: ListDetailState,
    first: String?,
    list: @Composable () -> Unit,
    page: @Composable (key: String) -> Unit
) {
    val progress = backProgress(state.navigator.canNavigateBack(BACK), state::back)
    ListDetailPaneScaffold(
        state.navigator.scaffoldDirective,
        // Not the navigator's own state, which stays as it was in a window of another size.
        state.navigator.scaffoldValue,
        listPane = { AnimatedPane { list() } },
        detailPane = {
            AnimatedPane {
                (state.chosen ?: first)?.let { shown ->
                    key(shown) { Box(Modifier.leaving(progress)) { page(shown) } }
                }
            }
        }
    )
}
