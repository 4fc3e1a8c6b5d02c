package org.photointerests.ui.sharecard

import android.graphics.Bitmap
import androidx.compose.foundation.BorderStroke
import androidx.compose.foundation.Image
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.aspectRatio
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.lazy.LazyRow
import androidx.compose.foundation.lazy.items
import androidx.compose.foundation.selection.selectable
import androidx.compose.material3.Button
import androidx.compose.material3.FilterChip
import androidx.compose.material3.Icon
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.graphics.asImageBitmap
import androidx.compose.ui.res.painterResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.core.PhotoKey
import org.photointerests.ui.designsystem.PhotoImage
import org.photointerests.ui.designsystem.SectionTitle
import org.photointerests.ui.designsystem.StatePage
import org.photointerests.ui.designsystem.currentLocale
import org.photointerests.ui.designsystem.joined
import org.photointerests.ui.designsystem.name

private const val RATIO = 0.8f
private val PREVIEW = 280.dp
private val THUMBNAIL = 72.dp

/** What the user can do with the card. */
class ShareCardActions(
    val back: () -> Unit = {},
    val toggle: (categoryId: String) -> Unit = {},
    val choosePhoto: (PhotoKey?) -> Unit = {},
    val share: () -> Unit = {}
)

/** The card just as it will be shared, [preview], and what can be on it. */
@Composable
fun ShareCardScreen(state: ShareCardState?, preview: Bitmap?, actions: ShareCardActions) =
    StatePage(stringResource(R.string.card_title), state, actions.back) {
        Preview(it, preview, Modifier.align(Alignment.CenterHorizontally))
        Button(
            actions.share,
            Modifier.align(Alignment.CenterHorizontally),
            enabled = preview != null && it.chosen.isNotEmpty()
        ) { Text(stringResource(R.string.share)) }
        Text(
            stringResource(R.string.card_text),
            style = MaterialTheme.typography.bodyMedium,
            color = MaterialTheme.colorScheme.onSurfaceVariant
        )
        SectionTitle(stringResource(R.string.nav_interests))
        Interests(it, actions.toggle)
        if (it.photos.isNotEmpty()) {
            SectionTitle(stringResource(R.string.card_photo))
            Photos(it, actions.choosePhoto)
        }
    }

@Composable
private fun Preview(state: ShareCardState, preview: Bitmap?, modifier: Modifier) = Surface(
    modifier.widthIn(max = PREVIEW).fillMaxWidth().aspectRatio(RATIO),
    MaterialTheme.shapes.large,
    MaterialTheme.colorScheme.surfaceContainerHigh,
    shadowElevation = 4.dp
) {
    if (preview != null) {
        val names = joined(state.shown.map { it.category.name() }, currentLocale())
        Image(preview.asImageBitmap(), stringResource(R.string.card_spoken, names))
    }
}

@OptIn(ExperimentalLayoutApi::class)
@Composable
private fun Interests(state: ShareCardState, onToggle: (String) -> Unit) = FlowRow(
    horizontalArrangement = Arrangement.spacedBy(8.dp)
) {
    for (interest in state.offered) {
        val id = interest.category.id
        FilterChip(
            selected = id in state.chosen,
            onClick = { onToggle(id) },
            label = { Text(interest.category.name()) },
            enabled = id in state.chosen || !state.isFull
        )
    }
}

@Composable
private fun Photos(state: ShareCardState, onChoose: (PhotoKey?) -> Unit) = LazyRow(
    horizontalArrangement = Arrangement.spacedBy(8.dp)
) {
    item { NoPhoto(state.photo == null) { onChoose(null) } }
    items(state.photos, key = { "$it" }) { photo ->
        val isChosen = photo == state.photo
        Surface(
            Modifier.size(THUMBNAIL).clip(MaterialTheme.shapes.small)
                .selectable(isChosen) { onChoose(photo) },
            MaterialTheme.shapes.small,
            border = border(isChosen)
        ) { PhotoImage(photo, stringResource(R.string.photo)) }
    }
}

@Composable
private fun NoPhoto(isChosen: Boolean, onChoose: () -> Unit) = Surface(
    Modifier.size(THUMBNAIL).clip(MaterialTheme.shapes.small).selectable(isChosen) { onChoose() },
    MaterialTheme.shapes.small,
    MaterialTheme.colorScheme.surfaceContainerHigh,
    border = border(isChosen)
) {
    Box(contentAlignment = Alignment.Center) {
        Icon(painterResource(R.drawable.ic_close), stringResource(R.string.card_no_photo))
    }
}

@Composable
private fun border(isChosen: Boolean) =
    if (isChosen) BorderStroke(3.dp, MaterialTheme.colorScheme.primary) else null
