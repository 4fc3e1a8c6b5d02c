package org.photointerests.ui.interest

import androidx.annotation.StringRes
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.layout.wrapContentWidth
import androidx.compose.material3.FilterChip
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.insights.interests.Interest
import org.photointerests.insights.interests.Period
import org.photointerests.insights.interests.PhotoOrder
import org.photointerests.ui.designsystem.MaxContentWidth
import org.photointerests.ui.designsystem.name
import org.photointerests.ui.designsystem.strengthText
import org.photointerests.ui.scan.title

/** How strong the interest is, its months, the reason if asked for, and the order of its photos. */
@Composable
internal fun InterestHeader(state: InterestState, interest: Interest, actions: InterestActions) =
    Column(
        Modifier.wrapContentWidth(Alignment.Start).widthIn(max = MaxContentWidth)
            .padding(top = 4.dp, bottom = 8.dp),
        verticalArrangement = Arrangement.spacedBy(8.dp)
    ) {
        Text(
            (state.period as? Period.Month)?.month?.name() ?: interest.area.name(),
            style = MaterialTheme.typography.bodyLarge,
            color = MaterialTheme.colorScheme.onSurfaceVariant
        )
        Text(
            strengthText(interest.strength, ofOneMonth = state.period is Period.Month),
            style = MaterialTheme.typography.titleLarge
        )
        if (state.hidden) Note(R.string.interest_hidden)
        if (state.pinned) Note(R.string.interest_pinned)
        if (state.months.size > 1) Sparkline(state.months)
        Chips(state, actions)
        state.mentions?.let { Mentions(it, actions.openPhoto) }
        state.contributions?.let { Reason(interest, it, actions.openPhoto) }
        if (interest.strength.photos == 0 && interest.photos.isNotEmpty()) {
            Text(stringResource(R.string.interest_closest))
        }
    }

@Composable
private fun Note(@StringRes text: Int) = Text(
    stringResource(text),
    style = MaterialTheme.typography.bodyMedium,
    color = MaterialTheme.colorScheme.onSurfaceVariant
)

@OptIn(ExperimentalLayoutApi::class)
@Composable
private fun Chips(state: InterestState, actions: InterestActions) = FlowRow(
    horizontalArrangement = Arrangement.spacedBy(8.dp)
) {
    for (order in PhotoOrder.entries) {
        FilterChip(
            selected = order == state.order,
            onClick = { actions.sortBy(order) },
            label = { Text(stringResource(order.title())) }
        )
    }
    FilterChip(
        selected = state.contributions != null,
        onClick = actions.toggleReason,
        label = { Text(stringResource(R.string.interest_why)) }
    )
}

@StringRes
private fun PhotoOrder.title(): Int = when (this) {
    PhotoOrder.LIKENESS -> R.string.order_likeness
    PhotoOrder.DATE -> R.string.order_date
}
