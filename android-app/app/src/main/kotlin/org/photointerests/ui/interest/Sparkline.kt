package org.photointerests.ui.interest

import androidx.compose.foundation.Canvas
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.width
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.geometry.CornerRadius
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.geometry.Size
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.unit.LayoutDirection
import androidx.compose.ui.unit.dp
import java.time.YearMonth
import org.photointerests.R
import org.photointerests.insights.interests.MonthlyPhotos
import org.photointerests.ui.designsystem.name
import org.photointerests.ui.designsystem.photoCount

private const val MAX_MONTHS = 36
private val HEIGHT = 56.dp
private val GAP = 2.dp
private val LEAST = 3.dp

/** A bar for each month, at most three years of them; TalkBack says which one has the most. */
@Composable
internal fun Sparkline(months: List<MonthlyPhotos>) {
    val bars = remember(months) { bars(months) }
    val most = months.maxBy { it.photos }
    val spoken = stringResource(
        R.string.interest_months_spoken,
        most.month.name(),
        photoCount(most.photos)
    )
    Column(Modifier.clearAndSetSemantics { contentDescription = spoken }) {
        Bars(bars.map { it.photos })
        Row(Modifier.fillMaxWidth(), Arrangement.SpaceBetween) {
            Edge(bars.first().month)
            Edge(bars.last().month)
        }
    }
}

@Composable
private fun Bars(photos: List<Int>) {
    val color = MaterialTheme.colorScheme.primary
    val empty = MaterialTheme.colorScheme.outlineVariant
    Canvas(Modifier.fillMaxWidth().height(HEIGHT)) {
        val most = photos.max().toFloat()
        val step = size.width / photos.size
        photos.forEachIndexed { index, count ->
            val isMirrored = layoutDirection == LayoutDirection.Rtl
            val place = if (isMirrored) photos.lastIndex - index else index
            val height = maxOf(size.height * count / most, LEAST.toPx())
            drawRoundRect(
                if (count > 0) color else empty,
                Offset(place * step, size.height - height),
                Size(step - GAP.toPx(), height),
                CornerRadius(GAP.toPx())
            )
        }
    }
}

@Composable
private fun Edge(month: YearMonth) = Text(
    month.name(),
    style = MaterialTheme.typography.labelSmall,
    color = MaterialTheme.colorScheme.onSurfaceVariant
)

/** Every month from the first to the last, also those without photos; the last three years. */
internal fun bars(months: List<MonthlyPhotos>): List<MonthlyPhotos> {
    val photos = months.associate { it.month to it.photos }
    val last = months.last().month
    return generateSequence(last) { it.minusMonths(1) }
        .takeWhile { it >= months.first().month }
        .take(MAX_MONTHS)
        .map { MonthlyPhotos(it, photos[it] ?: 0) }
        .toList().reversed()
}
