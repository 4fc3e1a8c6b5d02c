package org.photointerests.ui

import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.Spacer
import androidx.compose.foundation.layout.consumeWindowInsets
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.Icon
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.NavigationBar
import androidx.compose.material3.NavigationBarItem
import androidx.compose.material3.NavigationRail
import androidx.compose.material3.NavigationRailItem
import androidx.compose.material3.Scaffold
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.res.painterResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import androidx.compose.ui.unit.sp

// Material's breakpoint between phones and larger windows.
internal val WIDE = 600.dp
private const val MOST_FONT_SCALE = 1.3f

/** Puts the navigation below the content, or beside it in wide windows; [chosen] may be none. */
@Composable
internal fun WithPlaceBar(
    chosen: Place?,
    onChoose: (Place) -> Unit,
    content: @Composable (Modifier) -> Unit
) {
    BoxWithConstraints {
        when {
            chosen == null -> Surface { content(Modifier) }
            maxWidth >= WIDE -> Surface {
                Row {
                    Rail(chosen, onChoose)
                    content(Modifier)
                }
            }
            else -> Scaffold(bottomBar = { Bar(chosen, onChoose) }) { padding ->
                val below = PaddingValues(
                    bottom = padding.calculateBottomPadding()
                )
                content(Modifier.padding(below).consumeWindowInsets(below))
            }
        }
    }
}

@Composable
private fun Bar(chosen: Place, onChoose: (Place) -> Unit) {
    NavigationBar {
        for (place in Place.entries) {
            NavigationBarItem(
                selected = place == chosen,
                onClick = { onChoose(place) },
                icon = { PlaceIcon(place) },
                label = if (labelsFit()) ({ PlaceLabel(place) }) else null
            )
        }
    }
}

/** Labels in very large letters would be cut off: icons then say their names themselves. */
@Composable
private fun labelsFit() = LocalDensity.current.fontScale <= MOST_FONT_SCALE

@Composable
private fun PlaceIcon(place: Place) =
    Icon(painterResource(place.icon), if (labelsFit()) null else stringResource(place.title))

@Composable
private fun PlaceLabel(place: Place) = Text(
    stringResource(place.title),
    letterSpacing = 0.sp, // so that five names fit on a phone
    maxLines = 1,
    style = MaterialTheme.typography.labelSmall
)

@Composable
private fun Rail(chosen: Place, onChoose: (Place) -> Unit) {
    NavigationRail {
        Spacer(Modifier.height(12.dp))
        for (place in Place.entries) {
            NavigationRailItem(
                selected = place == chosen,
                onClick = { onChoose(place) },
                icon = { Icon(painterResource(place.icon), null) },
                label = { Text(stringResource(place.title), maxLines = 1) }
            )
        }
    }
}
