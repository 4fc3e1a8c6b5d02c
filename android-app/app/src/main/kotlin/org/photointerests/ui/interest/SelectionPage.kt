package org.photointerests.ui.interest

import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.RowScope
import androidx.compose.foundation.lazy.grid.GridCells
import androidx.compose.foundation.lazy.grid.LazyGridScope
import androidx.compose.foundation.lazy.grid.itemsIndexed
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.core.PhotoKey
import org.photointerests.ui.designsystem.Page
import org.photointerests.ui.designsystem.backProgress

internal val PHOTO_COLUMNS = GridCells.Adaptive(minSize = 110.dp)

/**
 * A [Page] of photos: while some are [selected] its bar counts them, and its way back is [onClear].
 *
 * [content] gets how clear their marks are, which a back gesture fades.
 */
@Composable
internal fun SelectionPage(
    title: String,
    selected: Int,
    onClear: () -> Unit,
    onBack: (() -> Unit)?,
    actions: @Composable RowScope.() -> Unit,
    content: @Composable (PaddingValues, () -> Float) -> Unit
) {
    val selecting = selected > 0
    val leaving = backProgress(selecting, onClear)
    Page(
        if (selecting) pluralStringResource(R.plurals.selected, selected, selected) else title,
        if (selecting) onClear else onBack,
        if (selecting) R.drawable.ic_close else R.drawable.ic_back,
        if (selecting) R.string.selection_clear else R.string.back,
        actions
    ) { padding -> content(padding) { 1 - leaving.value } }
}

/** The first [photos] of [count]; once the last one is in view, [showMore] has more of them read. */
internal fun LazyGridScope.selectablePhotos(
    photos: List<PhotoKey>,
    count: Int,
    selected: Set<PhotoKey>,
    open: (PhotoKey) -> Unit,
    select: (PhotoKey) -> Unit,
    showMore: () -> Unit,
    markAlpha: () -> Float
) = itemsIndexed(photos, key = { _, photo -> "$photo" }) { index, photo ->
    SelectablePhoto(
        photo,
        stringResource(R.string.photo_number, index + 1, count),
        isSelected = if (selected.isEmpty()) null else photo in selected,
        onOpen = { open(photo) },
        onSelect = { select(photo) },
        markAlpha
    )
    if (index == photos.lastIndex && index + 1 < count) {
        LaunchedEffect(index) { showMore() }
    }
}
