package org.photointerests.ui.designsystem

import androidx.annotation.DrawableRes
import androidx.annotation.StringRes
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.RowScope
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
import androidx.compose.material3.TopAppBarDefaults
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.input.nestedscroll.nestedScroll
import androidx.compose.ui.res.painterResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.text.style.TextOverflow
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp
import org.photointerests.R

// Wider lines are hard to read, on a tablet or on its side.
internal val MaxContentWidth = 640.dp

/**
 * A screen with a title; [onBack] is null for those that the navigation bar leads to.
 *
 * The bar gets another colour once the content is scrolled below it.
 */
@OptIn(ExperimentalMaterial3Api::class)
@Composable
fun Page(
    title: String,
    onBack: (() -> Unit)? = null,
    @DrawableRes backIcon: Int = R.drawable.ic_back,
    @StringRes backName: Int = R.string.back,
    actions: @Composable RowScope.() -> Unit = {},
    content: @Composable (PaddingValues) -> Unit
) {
    val scrolled = TopAppBarDefaults.pinnedScrollBehavior()
    Scaffold(
        Modifier.nestedScroll(scrolled.nestedScrollConnection),
        topBar = {
            TopAppBar(
                title = { Text(title, maxLines = 1, overflow = TextOverflow.Ellipsis) },
                navigationIcon = {
                    if (onBack != null) BarButton(backIcon, backName, onBack)
                },
                actions = actions,
                scrollBehavior = scrolled
            )
        },
        content = content
    )
}

/** A [Page] that the navigation bar leads to: it leads to the settings, after its own [actions]. */
@Composable
fun TopLevelPage(
    title: String,
    onOpenSettings: () -> Unit,
    actions: @Composable RowScope.() -> Unit = {},
    content: @Composable (PaddingValues) -> Unit
) = Page(
    title,
    actions = {
        actions()
        BarButton(R.drawable.ic_settings, R.string.nav_settings, onOpenSettings)
    },
    content = content
)

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
            SkeletonList(Modifier.padding(padding))
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

/** A button of a bar, which TalkBack calls by its [name]. */
@Composable
fun BarButton(@DrawableRes icon: Int, @StringRes name: Int, onClick: () -> Unit) {
    IconButton(onClick) { Icon(painterResource(icon), stringResource(name)) }
}

@Composable
fun Loading(modifier: Modifier = Modifier) {
    Box(modifier.fillMaxSize(), Alignment.Center) { CircularProgressIndicator() }
}
