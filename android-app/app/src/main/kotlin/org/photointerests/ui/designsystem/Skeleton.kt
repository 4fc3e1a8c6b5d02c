package org.photointerests.ui.designsystem

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.aspectRatio
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.grid.GridCells
import androidx.compose.foundation.lazy.grid.GridItemSpan
import androidx.compose.foundation.lazy.grid.LazyVerticalGrid
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Shape
import androidx.compose.ui.semantics.ProgressBarRangeInfo
import androidx.compose.ui.semantics.progressBarRangeInfo
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp

private const val BOXES = 24
private const val LINES = 8

/** A place that something will take once it is read. */
@Composable
internal fun SkeletonBox(modifier: Modifier = Modifier, shape: Shape = MaterialTheme.shapes.large) =
    Box(modifier.background(MaterialTheme.colorScheme.surfaceContainerHigh, shape))

/** A grid that is still being read, below lines of its [header]; TalkBack says that it loads. */
@Composable
internal fun SkeletonGrid(
    columns: GridCells,
    padding: PaddingValues,
    spacing: Dp = 8.dp,
    ratio: Float = 1f,
    shape: Shape = MaterialTheme.shapes.large,
    header: (@Composable () -> Unit)? = null
) = LazyVerticalGrid(
    columns,
    Modifier.fillMaxSize().padding(padding).loading(),
    contentPadding = PaddingValues(start = 16.dp, end = 16.dp),
    verticalArrangement = Arrangement.spacedBy(spacing),
    horizontalArrangement = Arrangement.spacedBy(spacing),
    userScrollEnabled = false
) {
    if (header != null) item(span = { GridItemSpan(maxLineSpan) }) { header() }
    items(BOXES) { SkeletonBox(Modifier.aspectRatio(ratio), shape) }
}

/** A list that is still being read. */
@Composable
internal fun SkeletonList(modifier: Modifier = Modifier) = Column(
    modifier.fillMaxSize().padding(16.dp).loading(),
    Arrangement.spacedBy(16.dp)
) {
    repeat(LINES) { SkeletonBox(Modifier.fillMaxWidth().height(56.dp)) }
}

private fun Modifier.loading() =
    semantics { progressBarRangeInfo = ProgressBarRangeInfo.Indeterminate }
