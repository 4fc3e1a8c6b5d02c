package org.photointerests.ui.interests

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.Spacer
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.graphics.Brush
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.platform.LocalWindowInfo
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.unit.coerceIn
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.core.PhotoKey
import org.photointerests.insights.interests.Interest
import org.photointerests.ui.designsystem.PhotoImage
import org.photointerests.ui.designsystem.currentLocale
import org.photointerests.ui.designsystem.inLanguage
import org.photointerests.ui.designsystem.joined

// White letters can be read on it, whatever photo is behind: 7 to 1 and more on white.
private val shade = Color.Black.copy(alpha = 0.7f)
private val deepShade = Color.Black.copy(alpha = 0.85f)

// Of the screen's height: a phone on its side has little of it.
private const val PART = 0.3f
private val LOW = 150.dp
private val HIGH = 320.dp

/** The [top] interests by name, over the photos that say most of them. */
@Composable
internal fun Headline(top: List<Interest>) {
    if (top.isEmpty()) {
        HeadlineText(stringResource(R.string.nav_interests), MaterialTheme.colorScheme.onSurface)
        return
    }
    val window = LocalWindowInfo.current.containerSize
    val height = with(LocalDensity.current) { (window.height * PART).toDp() }.coerceIn(LOW, HIGH)
    Box(
        Modifier.fillMaxWidth().heightIn(min = height).clip(MaterialTheme.shapes.extraLarge),
        Alignment.BottomStart
    ) {
        Mosaic(top.mapNotNull { it.photos.firstOrNull() }, Modifier.matchParentSize())
        Names(top)
    }
}

@Composable
private fun Names(top: List<Interest>) = Column {
    Spacer(
        Modifier.fillMaxWidth().height(48.dp)
            .background(Brush.verticalGradient(listOf(Color.Transparent, shade)))
    )
    Column(
        Modifier.fillMaxWidth()
            .background(Brush.verticalGradient(listOf(shade, deepShade)))
            .padding(start = 20.dp, end = 20.dp, bottom = 20.dp)
            .semantics(mergeDescendants = true) {}
    ) {
        val locale = currentLocale()
        Text(
            stringResource(R.string.interests_top),
            style = MaterialTheme.typography.titleMedium,
            color = Color.White
        )
        HeadlineText(joined(top.map { it.category.names.inLanguage(locale) }, locale), Color.White)
    }
}

@Composable
private fun HeadlineText(text: String, color: Color) = Text(
    text,
    Modifier.semantics { heading() },
    style = MaterialTheme.typography.headlineMedium,
    fontWeight = FontWeight.SemiBold,
    color = color
)

/** The first photo wide, the others beside it; the upper part of each is free of letters. */
@Composable
private fun Mosaic(photos: List<PhotoKey>, modifier: Modifier) {
    Row(modifier, Arrangement.spacedBy(2.dp)) {
        photos.forEachIndexed { index, photo ->
            PhotoImage(photo, null, Modifier.weight(if (index == 0) 2f else 1f).fillMaxHeight())
        }
    }
}
