package org.photointerests.ui

import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.Spacer
import androidx.compose.foundation.layout.WindowInsets
import androidx.compose.foundation.layout.consumeWindowInsets
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.navigationBarsPadding
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.Icon
import androidx.compose.material3.NavigationBar
import androidx.compose.material3.NavigationBarItem
import androidx.compose.material3.NavigationRail
import androidx.compose.material3.NavigationRailItem
import androidx.compose.material3.Scaffold
import androidx.compose.material3.SnackbarHost
import androidx.compose.material3.SnackbarHostState
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.res.painterResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import org.photointerests.ui.scan.title

// Material's breakpoint between phones and larger windows.
internal val WIDE = 600.dp
private const val MAX_FONT_SCALE = 1.3f

/**
 * The one scaffold: the navigation below the content, or beside it in wide windows, and above
 * them what [snackbars] say. [chosen] is null on screens that the navigation does not lead to.
 *
 * The content is composed at one destination whatever surrounds it, so that it keeps its state.
 */
@Composable
internal fun WithNavigation(
    chosen: TopLevelDestination?,
    onChoose: (TopLevelDestination) -> Unit,
    snackbars: SnackbarHostState = remember { SnackbarHostState() },
    content: @Composable (Modifier) -> Unit
) {
    BoxWithConstraints {
        val wide = maxWidth >= WIDE
        Scaffold(
            bottomBar = { if (chosen != null && !wide) Bar(chosen, onChoose) },
            snackbarHost = { SnackbarHost(snackbars, Modifier.navigationBarsPadding()) },
            contentWindowInsets = WindowInsets(0)
        ) { padding ->
            Row {
                if (chosen != null && wide) Rail(chosen, onChoose)
                val below = PaddingValues(bottom = padding.calculateBottomPadding())
                content(
                    Modifier.weight(1f).fillMaxHeight().padding(below).consumeWindowInsets(below)
                )
            }
        }
    }
}

@Composable
private fun Bar(chosen: TopLevelDestination, onChoose: (TopLevelDestination) -> Unit) {
    NavigationBar {
        for (destination in TopLevelDestination.entries) {
            NavigationBarItem(
                selected = destination == chosen,
                onClick = { onChoose(destination) },
                icon = { DestinationIcon(destination) },
                label = if (labelsFit()) ({ DestinationLabel(destination) }) else null
            )
        }
    }
}

/** Labels in very large letters would be cut off: icons then say their names themselves. */
@Composable
private fun labelsFit() = LocalDensity.current.fontScale <= MAX_FONT_SCALE

@Composable
private fun DestinationIcon(destination: TopLevelDestination) = Icon(
    painterResource(destination.icon),
    if (labelsFit()) null else stringResource(destination.title)
)

@Composable
private fun DestinationLabel(destination: TopLevelDestination, modifier: Modifier = Modifier) =
    Text(stringResource(destination.title), modifier, maxLines = 1)

@Composable
private fun Rail(chosen: TopLevelDestination, onChoose: (TopLevelDestination) -> Unit) {
    NavigationRail {
        Spacer(Modifier.height(12.dp))
        for (destination in TopLevelDestination.entries) {
            NavigationRailItem(
                selected = destination == chosen,
                onClick = { onChoose(destination) },
                icon = { Icon(painterResource(destination.icon), null) },
                // The widest one makes the rail as wide: it would reach its edges.
                label = { DestinationLabel(destination, Modifier.padding(horizontal = 8.dp)) }
            )
        }
    }
}
