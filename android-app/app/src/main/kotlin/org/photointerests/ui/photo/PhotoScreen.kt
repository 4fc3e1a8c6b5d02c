package org.photointerests.ui.photo

import androidx.compose.animation.AnimatedVisibility
import androidx.compose.animation.expandVertically
import androidx.compose.animation.fadeIn
import androidx.compose.animation.fadeOut
import androidx.compose.animation.shrinkVertically
import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.width
import androidx.compose.foundation.pager.HorizontalPager
import androidx.compose.foundation.pager.PagerState
import androidx.compose.foundation.pager.rememberPagerState
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.runtime.snapshotFlow
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.core.PhotoKey
import org.photointerests.ui.WIDE
import org.photointerests.ui.designsystem.currentLocale

/** What the user can do with a photo. */
class PhotoActions(
    val back: () -> Unit = {},
    val show: (PhotoKey) -> Unit = {},
    val openPhoto: (PhotoKey) -> Unit = {},
    val openInterest: (String) -> Unit = {},
    val openPerson: (Long) -> Unit = {},
    val showPlace: () -> Unit = {},
    val search: (String) -> Unit = {},
    val share: (PhotoKey) -> Unit = {},
    val openInGallery: (PhotoKey) -> Unit = {}
)

/**
 * Photos to swipe through, beginning with [first], and what is known of the one that is seen; it
 * is [first] alone until [state] is read.
 */
@Composable
fun PhotoScreen(state: ViewerState?, first: PhotoKey, actions: PhotoActions) {
    Box(Modifier.fillMaxSize().background(Color.Black)) { Viewer(state, first, actions) }
}

@Composable
private fun Viewer(state: ViewerState?, first: PhotoKey, actions: PhotoActions) {
    var framed by rememberSaveable { mutableStateOf(false) }
    var detailed by rememberSaveable { mutableStateOf(true) }
    val set = state?.let { rememberSwipedPhotos(it.photos, first, actions) }
    val seen = set?.seen ?: first
    val details = state?.details?.takeIf { it.key == seen }
    val frames = Frames(framed) { framed = it }
    BoxWithConstraints {
        val photos = @Composable { modifier: Modifier ->
            Box(modifier) {
                val toggle = { detailed = !detailed }
                if (set == null) {
                    // There before the others of its set are known.
                    ZoomablePhoto(first, stringResource(R.string.photo), current = true, toggle)
                } else {
                    Photos(set.photos, set.pager, details, framed, toggle)
                }
                AnimatedVisibility(detailed, enter = fadeIn(), exit = fadeOut()) {
                    ViewerBar(seen, details?.favourite, actions)
                }
            }
        }
        if (maxWidth >= WIDE) {
            Row {
                photos(Modifier.weight(1f).fillMaxHeight())
                if (detailed) {
                    Surface(Modifier.fillMaxHeight().width(360.dp)) {
                        PhotoDetails(details, actions, frames)
                    }
                }
            }
        } else {
            val most = maxHeight / 2
            Column {
                photos(Modifier.weight(1f))
                AnimatedVisibility(
                    detailed,
                    enter = expandVertically(expandFrom = Alignment.Top),
                    exit = shrinkVertically(shrinkTowards = Alignment.Top)
                ) {
                    Surface(
                        Modifier.heightIn(max = most),
                        RoundedCornerShape(topStart = 24.dp, topEnd = 24.dp),
                        MaterialTheme.colorScheme.surfaceContainerLow
                    ) {
                        PhotoDetails(details, actions, frames)
                    }
                }
            }
        }
    }
}

/** Photos to swipe through, and how far that was done. */
private class SwipedPhotos(val photos: List<PhotoKey>, val pager: PagerState) {
    val seen get() = photos[pager.currentPage.coerceIn(photos.indices)]
}

@Composable
private fun rememberSwipedPhotos(
    photos: List<PhotoKey>,
    first: PhotoKey,
    actions: PhotoActions
): SwipedPhotos {
    val pager = rememberPagerState(photos.indexOf(first).coerceAtLeast(0)) { photos.size }
    LaunchedEffect(pager, photos) {
        snapshotFlow { pager.settledPage }.collect { page ->
            photos.getOrNull(page)?.let(actions.show)
        }
    }
    return SwipedPhotos(photos, pager)
}

@Composable
private fun Photos(
    photos: List<PhotoKey>,
    pager: PagerState,
    details: PhotoState?,
    framed: Boolean,
    onTap: () -> Unit
) = HorizontalPager(
    pager,
    Modifier.fillMaxSize(),
    pageSpacing = 16.dp,
    key = { "${photos[it]}" }
) { page ->
    val number = if (photos.size > 1) {
        stringResource(R.string.photo_number, page + 1, photos.size)
    } else {
        stringResource(R.string.photo)
    }
    val known = details?.takeIf { it.key == photos[page] }
    val sentence = known?.sentence(currentLocale().language)
    val description = listOfNotNull(number, sentence).joinToString(". ")
    val boxes = if (framed) known?.boxes.orEmpty() else emptyList()
    val current = page == pager.currentPage
    ZoomablePhoto(photos[page], description, current, onTap, boxes = boxes)
}
