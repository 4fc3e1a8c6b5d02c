package org.photointerests.ui

import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.lifecycle.viewmodel.compose.viewModel
import androidx.navigation.NavHostController
import java.time.YearMonth
import org.photointerests.PhotoInterests
import org.photointerests.feedback.feedback
import org.photointerests.insights.interests.Period
import org.photointerests.ui.albums.AlbumsScreen
import org.photointerests.ui.albums.AlbumsViewModel
import org.photointerests.ui.designsystem.Snackbars
import org.photointerests.ui.interest.InterestRoute
import org.photointerests.ui.interest.InterestViewModel
import org.photointerests.ui.month.MonthScreen
import org.photointerests.ui.month.MonthViewModel
import org.photointerests.ui.suggestions.SuggestionsRoute
import org.photointerests.ui.suggestions.SuggestionsViewModel

/**
 * The page of an interest: a screen of its own, or beside a list, where [back] is null.
 *
 * [leave] is called once the interest is hidden.
 */
@Composable
internal fun InterestPage(
    container: PhotoInterests,
    controller: NavHostController,
    snackbars: Snackbars,
    id: String,
    period: Period,
    back: (() -> Unit)?,
    leave: () -> Unit
) {
    val model = viewModel(key = Routes.interest(id, period)) {
        InterestViewModel(
            container.interests,
            container.photos,
            container.texts,
            container.database.feedback(),
            container.errors,
            id,
            period
        )
    }
    val state by model.state.collectAsStateWithLifecycle()
    val place = remember(id) {
        container.bundle.card.interests.indexOfFirst { it.id == id }.takeIf { it >= 0 }
    }
    InterestRoute(
        state,
        model,
        snackbars,
        back,
        leave,
        openPhoto = { controller.navigate(Routes.photo(it, place)) }
    )
}

/** The page of a month: a screen of its own, or beside the timeline, where [back] is null. */
@Composable
internal fun MonthPage(
    container: PhotoInterests,
    controller: NavHostController,
    month: YearMonth,
    back: (() -> Unit)?
) {
    val state by viewModel(key = Routes.month(month)) {
        MonthViewModel(
            container.interests,
            container.photos,
            container.database.feedback(),
            container.errors,
            month
        )
    }.state.collectAsStateWithLifecycle()
    MonthScreen(month, state, back) {
        controller.navigate(Routes.interest(it, Period.Month(month)))
    }
}

/** The albums that are read: a screen of its own, or beside the library, where [back] is null. */
@Composable
internal fun AlbumsPage(container: PhotoInterests, back: (() -> Unit)?) {
    val model = viewModel {
        AlbumsViewModel(container.source, container.database.feedback(), container.errors) {
                album,
                scanned
            ->
            if (scanned) container.include(album) else container.exclude(album)
        }
    }
    val state by model.state.collectAsStateWithLifecycle()
    AlbumsScreen(state, model::setRead, back)
}

/** Products of a catalogue: a screen of its own, or beside the library, where [back] is null. */
@Composable
internal fun SuggestionsPage(
    container: PhotoInterests,
    controller: NavHostController,
    snackbars: Snackbars,
    back: (() -> Unit)?
) {
    val model = viewModel {
        SuggestionsViewModel(
            container.catalogueStore,
            container.recommender,
            container.photos,
            container.database.feedback(),
            container.errors
        )
    }
    SuggestionsRoute(model, snackbars, back) { controller.navigate(Routes.photo(it)) }
}
