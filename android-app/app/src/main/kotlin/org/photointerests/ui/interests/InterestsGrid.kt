package org.photointerests.ui.interests

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.width
import androidx.compose.foundation.lazy.LazyRow
import androidx.compose.foundation.lazy.grid.GridItemSpan
import androidx.compose.foundation.lazy.grid.LazyGridScope
import androidx.compose.foundation.lazy.grid.LazyVerticalGrid
import androidx.compose.foundation.lazy.grid.items
import androidx.compose.foundation.lazy.items as rowItems
import androidx.compose.foundation.selection.toggleable
import androidx.compose.material3.Icon
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.draw.rotate
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.res.painterResource
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.insights.interests.Interest
import org.photointerests.pipeline.media.PhotoAccess
import org.photointerests.ui.designsystem.SearchButton
import org.photointerests.ui.designsystem.SectionTitle
import org.photointerests.ui.designsystem.name
import org.photointerests.ui.designsystem.tileColumns

private val MONTH_TILE = 136.dp
private const val MONTH = "month"

/** Search, the scan's line, this month's interests, the strongest ones, and the others by area. */
@Composable
internal fun InterestsGrid(
    state: InterestsState.Shown,
    actions: InterestsActions,
    padding: PaddingValues,
    slots: InterestsSlots,
    chosen: String?
) {
    var unfolded by rememberSaveable { mutableStateOf(emptyList<String>()) }
    LazyVerticalGrid(
        tileColumns(),
        Modifier.fillMaxSize().padding(padding),
        contentPadding = PaddingValues(start = 16.dp, end = 16.dp, bottom = 24.dp),
        verticalArrangement = Arrangement.spacedBy(8.dp),
        horizontalArrangement = Arrangement.spacedBy(8.dp)
    ) {
        wide("search") { SearchButton(actions.search) }
        wide("scan") { slots.scanLine(state.photos.takeIf { state.access == PhotoAccess.FULL }) }
        if (state.access != PhotoAccess.FULL) wide("access") { Access(state, actions) }
        if (state.thisMonth.isNotEmpty()) {
            wide("month title") { SectionTitle(stringResource(R.string.interests_month)) }
            wide(MONTH) { ThisMonth(state.thisMonth, actions) }
        }
        if (state.interests.isEmpty()) {
            wide("none") { NothingFound(state.kindsKnown, state.areasKnown) }
        } else {
            wide("title") { SectionTitle(stringResource(R.string.interests_title)) }
        }
        tiles(state.top, actions, chosen)
        slots.suggestions?.let { wide("suggestions", it) }
        for (group in state.more) {
            val isOpen = group.area.id in unfolded
            wide("area ${group.area.id}") {
                AreaRow(group, isOpen) {
                    unfolded = if (isOpen) unfolded - group.area.id else unfolded + group.area.id
                }
            }
            if (isOpen) tiles(group.interests, actions, chosen)
        }
    }
}

private fun LazyGridScope.tiles(
    interests: List<Interest>,
    actions: InterestsActions,
    chosen: String?
) = items(interests, key = { it.category.id }, contentType = { "tile" }) { interest ->
    val id = interest.category.id
    InterestTile(interest, ofOneMonth = false, isChosen = id == chosen) {
        actions.openInterest(id, false)
    }
}

private fun LazyGridScope.wide(key: String, content: @Composable () -> Unit) =
    item(key, { GridItemSpan(maxLineSpan) }, key) { content() }

@Composable
private fun ThisMonth(interests: List<MonthlyInterest>, actions: InterestsActions) = LazyRow(
    horizontalArrangement = Arrangement.spacedBy(8.dp)
) {
    rowItems(interests, key = { it.interest.category.id }) { (interest, isFirst) ->
        val badge = if (isFirst) stringResource(R.string.interests_first) else null
        InterestTile(
            interest,
            ofOneMonth = true,
            // As wide as its letters need: they grow with the font.
            Modifier.width(MONTH_TILE * LocalDensity.current.fontScale.coerceIn(1f, 2f)),
            badge
        ) { actions.openInterest(interest.category.id, true) }
    }
}

/** A folded area: its name, how many interests are in it, and a tap to unfold it. */
@Composable
private fun AreaRow(group: AreaInterests, isOpen: Boolean, onToggle: () -> Unit) = Row(
    Modifier.fillMaxWidth()
        .clip(MaterialTheme.shapes.large)
        .toggleable(isOpen, role = Role.Button) { onToggle() }
        .heightIn(min = 56.dp)
        .padding(horizontal = 4.dp),
    Arrangement.spacedBy(12.dp),
    Alignment.CenterVertically
) {
    Column(Modifier.weight(1f).padding(vertical = 8.dp)) {
        Text(group.area.name(), style = MaterialTheme.typography.titleMedium)
        Text(
            pluralStringResource(
                R.plurals.interests_count,
                group.interests.size,
                group.interests.size
            ),
            style = MaterialTheme.typography.bodySmall,
            color = MaterialTheme.colorScheme.onSurfaceVariant
        )
    }
    Icon(painterResource(R.drawable.ic_expand), null, Modifier.rotate(if (isOpen) 180f else 0f))
}

@Composable
private fun Access(state: InterestsState.Shown, actions: InterestsActions) {
    val partial = state.access == PhotoAccess.PARTIAL
    val text = if (partial) R.plurals.access_partial else R.plurals.access_taken
    Row(verticalAlignment = Alignment.CenterVertically) {
        Text(
            pluralStringResource(text, state.photos, state.photos),
            Modifier.weight(1f),
            style = MaterialTheme.typography.bodyMedium
        )
        TextButton(actions.choosePhotos) {
            Text(stringResource(if (partial) R.string.access_select else R.string.welcome_allow))
        }
    }
}
