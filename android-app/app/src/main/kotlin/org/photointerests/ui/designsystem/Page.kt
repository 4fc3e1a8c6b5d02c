package org.photointerests.ui.designsystem

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.CircularProgressIndicator
import androidx.compose.material3.ExperimentalMaterial3Api
import androidx.compose.material3.Icon
import androidx.compose.material3.IconButton
import androidx.compose.material3.Scaffold
import androidx.compose.material3.Text
import androidx.compose.material3.TopAppBar
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.painterResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.text.style.TextOverflow
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp
import org.photointerests.R

// Wider lines are hard to read, on a tablet or on its side.
internal val MaxContentWidth = 640.dp

/** A screen with a title; [onBack] is null for those that the navigation bar leads to. */
@OptIn(ExperimentalMaterial3Api::class)
@Composable
fun Page(
    title: String,
    onBack: (() -> Unit)? = null,
    content: @Composable (PaddingValues) -> Unit
) {
    Scaffold(
        topBar = {
            TopAppBar(
                title = { Text(title, maxLines = 1, overflow = TextOverflow.Ellipsis) },
                navigationIcon = { if (onBack != null) BackButton(onBack) }
            )
        },
        content = content
    )
}

/** A [Page] that scrolls as a whole; a null [state] is one that is still being read. */
@Composable
fun <T : Any> StatePage(
    title: String,
    state: T?,
    onBack: (() -> Unit)? = null,
    spacing: Dp = 16.dp,
    content: @Composable ColumnScope.(T) -> Unit
) {
    Page(title, onBack) { padding ->
        if (state == null) {
            Loading(Modifier.padding(padding))
        } else {
            Box(Modifier.fillMaxSize().padding(padding), Alignment.TopCenter) {
                Column(
                    Modifier.fillMaxHeight()
                        .verticalScroll(rememberScrollState())
                        .widthIn(max = MaxContentWidth).fillMaxWidth()
                        .padding(16.dp),
                    Arrangement.spacedBy(spacing)
                ) { content(state) }
            }
        }
    }
}

@Composable
private fun BackButton(onBack: () -> Unit) {
    IconButton(onBack) {
        Icon(painterResource(R.drawable.ic_back), stringResource(R.string.back))
    }
}

@Composable
fun Loading(modifier: Modifier = Modifier) {
    Box(modifier.fillMaxSize(), Alignment.Center) { CircularProgressIndicator() }
}
