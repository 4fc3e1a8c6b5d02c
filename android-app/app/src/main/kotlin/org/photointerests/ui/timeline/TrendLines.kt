package org.photointerests.ui.timeline

import androidx.annotation.DrawableRes
import androidx.annotation.StringRes
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.size
import androidx.compose.material3.Icon
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.painterResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.core.Category
import org.photointerests.insights.interests.Trends
import org.photointerests.ui.designsystem.currentLocale
import org.photointerests.ui.designsystem.inLanguage
import org.photointerests.ui.designsystem.joined

/** What a month shows more, and less often than the year before it; nothing where nothing does. */
@Composable
internal fun TrendLines(trends: Trends) {
    Trend(R.drawable.ic_rising, R.string.trend_rising, trends.rising)
    Trend(R.drawable.ic_falling, R.string.trend_falling, trends.falling)
}

@Composable
private fun Trend(@DrawableRes icon: Int, @StringRes text: Int, interests: List<Category>) {
    if (interests.isEmpty()) return
    val locale = currentLocale()
    Row(
        horizontalArrangement = Arrangement.spacedBy(8.dp),
        verticalAlignment = Alignment.CenterVertically
    ) {
        Icon(painterResource(icon), null, Modifier.size(18.dp), MaterialTheme.colorScheme.primary)
        Text(
            stringResource(text, joined(interests.map { it.names.inLanguage(locale) }, locale)),
            style = MaterialTheme.typography.bodyMedium
        )
    }
}
