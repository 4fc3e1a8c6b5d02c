package org.photointerests.ui

import androidx.annotation.StringRes
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.ui.platform.LocalResources
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.lifecycle.viewmodel.compose.viewModel
import androidx.navigation.NavHostController
import org.photointerests.PhotoInterests
import org.photointerests.R
import org.photointerests.core.Category
import org.photointerests.feedback.feedback
import org.photointerests.insights.interests.Period
import org.photointerests.ui.designsystem.ListDetail
import org.photointerests.ui.designsystem.Snackbars
import org.photointerests.ui.designsystem.UndoableAction
import org.photointerests.ui.designsystem.currentLocale
import org.photointerests.ui.designsystem.inLanguage
import org.photointerests.ui.designsystem.rememberListDetailState
import org.photointerests.ui.library.LibraryActions
import org.photointerests.ui.library.LibraryPage
import org.photointerests.ui.library.LibraryScreen
import org.photointerests.ui.library.LibraryViewModel

/** The library and, in wide windows, the page that is chosen of it, or the albums. */
@Composable
internal fun LibraryPanes(
    container: PhotoInterests,
    controller: NavHostController,
    snackbars: Snackbars
) {
    val model = viewModel {
        LibraryViewModel(
            container.source,
            container.database.feedback(),
            container.bundle.card,
            container.peopleGroups.isOn,
            container.errors
        )
    }
    val state by model.state.collectAsStateWithLifecycle()
    val panes = rememberListDetailState(hasPages = true)
    val shown = panes.chosen ?: LibraryPage.Albums.key
    val actions = LibraryActions(
        openSettings = { controller.navigate(Routes.SETTINGS) },
        open = { if (panes.isBeside) panes.choose(it.key) else controller.navigate(it.route()) },
        unpin = snackbars.undoing(R.string.library_unpinned, model::unpin),
        show = snackbars.undoing(R.string.library_shown, model::show)
    )
    ListDetail(
        panes,
        shown,
        list = {
            LibraryScreen(
                state,
                actions,
                hasPlaces = container.places != null,
                chosen = LibraryPage.of(shown).takeIf { panes.isBeside }
            )
        },
        page = { key ->
            val back = if (panes.isBeside) null else panes::back
            when (val page = LibraryPage.of(key)) {
                LibraryPage.Albums -> AlbumsPage(container, back)
                LibraryPage.Places -> PlacesPage(container, controller, back)
                LibraryPage.People -> PeoplePage(container, controller, back)
                LibraryPage.Suggestions ->
                    SuggestionsPage(container, controller, snackbars, back)
                is LibraryPage.Interest -> InterestPage(
                    container,
                    controller,
                    snackbars,
                    page.categoryId,
                    Period.All,
                    back,
                    leave = panes::back
                )
            }
        }
    )
}

private fun LibraryPage.route(): String = when (this) {
    LibraryPage.Albums -> Routes.ALBUMS
    LibraryPage.Places -> Routes.PLACES
    LibraryPage.People -> Routes.PEOPLE
    LibraryPage.Suggestions -> Routes.SUGGESTIONS
    is LibraryPage.Interest -> Routes.interest(categoryId, Period.All)
}

/** Offers to undo what is done to an interest, and says so with its name in the text. */
@Composable
private fun Snackbars.undoing(
    @StringRes text: Int,
    action: (Category, String) -> UndoableAction
): (Category) -> Unit {
    val resources = LocalResources.current
    val locale = currentLocale()
    return { category ->
        val name = category.names.inLanguage(locale)
        offer(action(category, resources.getString(text, name)))
    }
}
