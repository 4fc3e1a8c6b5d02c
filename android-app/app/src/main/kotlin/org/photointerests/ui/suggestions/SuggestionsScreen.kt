package org.photointerests.ui.suggestions

import androidx.annotation.StringRes
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.grid.GridCells
import androidx.compose.foundation.lazy.grid.GridItemSpan
import androidx.compose.foundation.lazy.grid.LazyGridScope
import androidx.compose.foundation.lazy.grid.LazyVerticalGrid
import androidx.compose.foundation.lazy.grid.items
import androidx.compose.material3.Button
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.OutlinedButton
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.core.PhotoKey
import org.photointerests.recommendations.CatalogueOrigin
import org.photointerests.recommendations.CatalogueProblem
import org.photointerests.recommendations.Recommendation
import org.photointerests.ui.designsystem.EmptyState
import org.photointerests.ui.designsystem.Page
import org.photointerests.ui.designsystem.SkeletonList
import org.photointerests.ui.designsystem.date
import org.photointerests.ui.scan.text

/** What the user can do on the screen of suggestions; there is no way back beside the library. */
class SuggestionsActions(
    val choose: () -> Unit = {},
    val chooseSample: () -> Unit = {},
    val remove: () -> Unit = {},
    val openLink: (String) -> Unit = {},
    val openPhoto: (PhotoKey) -> Unit = {},
    val reject: (Recommendation) -> Unit = {},
    val back: (() -> Unit)? = {}
)

/** Products of a file that the user chose, those that suit the photos first. */
@Composable
fun SuggestionsScreen(state: SuggestionsState, actions: SuggestionsActions) {
    Page(stringResource(R.string.suggestions_title), actions.back) { padding ->
        when (state) {
            SuggestionsState.Loading -> SkeletonList(Modifier.padding(padding))
            is SuggestionsState.NoCatalogue -> EmptyState(
                R.drawable.ic_suggestions,
                stringResource(R.string.suggestions_none_title),
                stringResource(R.string.suggestions_none_text),
                Modifier.padding(padding)
            ) {
                Problem(state.problem)
                Button(actions.choose) { Text(stringResource(R.string.suggestions_choose)) }
                OutlinedButton(actions.chooseSample) {
                    Text(stringResource(R.string.suggestions_sample))
                }
            }
            is SuggestionsState.Unread -> EmptyState(
                R.drawable.ic_scan,
                stringResource(R.string.interests_not_scanned_title),
                pluralStringResource(
                    R.plurals.suggestions_not_scanned_text,
                    state.items,
                    state.items
                ),
                Modifier.padding(padding)
            ) {
                Problem(state.problem)
                CatalogueActions(actions)
            }
            is SuggestionsState.Shown -> Products(state, actions, padding)
        }
    }
}

@Composable
private fun Products(
    state: SuggestionsState.Shown,
    actions: SuggestionsActions,
    padding: PaddingValues
) {
    val (suiting, others) = state.best.partition { it.suits }
    LazyVerticalGrid(
        GridCells.Adaptive(minSize = 300.dp),
        Modifier.fillMaxSize().padding(padding),
        contentPadding = PaddingValues(horizontal = 16.dp, vertical = 12.dp),
        verticalArrangement = Arrangement.spacedBy(12.dp),
        horizontalArrangement = Arrangement.spacedBy(12.dp)
    ) {
        if (state.problem != null) wide { Problem(state.problem) }
        wide {
            Explained(
                pluralStringResource(R.plurals.suggestions_text, state.items, state.items) +
                    "\n" + originText(state.origin)
            )
        }
        items(suiting, key = { it.row }) { SuggestionCard(it, actions) }
        if (others.isNotEmpty()) {
            wide {
                Text(
                    stringResource(R.string.suggestions_others),
                    Modifier.padding(top = 12.dp).semantics { heading() },
                    style = MaterialTheme.typography.titleMedium,
                    color = MaterialTheme.colorScheme.primary
                )
            }
        }
        items(others, key = { it.row }) { SuggestionCard(it, actions) }
        wide { CatalogueActions(actions) }
    }
}

private fun LazyGridScope.wide(content: @Composable () -> Unit) {
    item(span = { GridItemSpan(maxLineSpan) }) { content() }
}

@OptIn(ExperimentalLayoutApi::class)
@Composable
private fun CatalogueActions(actions: SuggestionsActions) {
    FlowRow(
        horizontalArrangement = Arrangement.spacedBy(12.dp),
        verticalArrangement = Arrangement.spacedBy(8.dp)
    ) {
        OutlinedButton(actions.choose) { Text(stringResource(R.string.suggestions_choose_other)) }
        TextButton(actions.remove) { Text(stringResource(R.string.suggestions_remove)) }
    }
}

/** What was wrong with the file chosen last, and that nothing came of it. */
@Composable
private fun Problem(problem: CatalogueProblem?) {
    if (problem == null) return
    Column(Modifier.semantics { liveRegion = LiveRegionMode.Polite }) {
        Text(
            stringResource(R.string.suggestions_refused),
            style = MaterialTheme.typography.titleSmall,
            color = MaterialTheme.colorScheme.error
        )
        Text(stringResource(problem.text()), color = MaterialTheme.colorScheme.error)
    }
}

@Composable
private fun Explained(text: String) {
    Text(
        text,
        style = MaterialTheme.typography.bodyLarge,
        color = MaterialTheme.colorScheme.onSurfaceVariant
    )
}

/** Who published the catalogue, and when, as far as the file says. */
@Composable
internal fun originText(origin: CatalogueOrigin): String {
    val made = origin.made?.let { date(it) }
    return when {
        origin.publisher.isEmpty() && made == null ->
            stringResource(R.string.suggestions_origin_unknown)
        origin.publisher.isEmpty() -> stringResource(R.string.suggestions_made, made.orEmpty())
        made == null -> stringResource(R.string.suggestions_publisher, origin.publisher)
        else -> stringResource(R.string.suggestions_origin, origin.publisher, made)
    }
}

@StringRes
private fun CatalogueProblem.text(): Int = when (this) {
    CatalogueProblem.UNREADABLE -> R.string.catalogue_unreadable
    CatalogueProblem.TOO_LARGE -> R.string.catalogue_too_large
    CatalogueProblem.NOT_A_CATALOGUE -> R.string.catalogue_not_one
    CatalogueProblem.OTHER_FORMAT -> R.string.catalogue_other_format
    CatalogueProblem.OTHER_BUNDLE -> R.string.catalogue_other_bundle
    CatalogueProblem.DAMAGED -> R.string.catalogue_damaged
}
