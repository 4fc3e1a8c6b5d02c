package org.photointerests.ui

import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.lifecycle.viewmodel.compose.viewModel
import androidx.navigation.NavHostController
import java.time.YearMonth
import org.photointerests.PhotoInterests
import org.photointerests.feedback.feedback
import org.photointerests.insights.interests.Period
import org.photointerests.ui.designsystem.ListDetail
import org.photointerests.ui.designsystem.Snackbars
import org.photointerests.ui.designsystem.rememberListDetailState
import org.photointerests.ui.interests.InterestsActions
import org.photointerests.ui.interests.InterestsRoute
import org.photointerests.ui.interests.InterestsState
import org.photointerests.ui.interests.InterestsViewModel
import org.photointerests.ui.setup.SetUpRoute
import org.photointerests.ui.suggestions.SuggestionsTeaser
import org.photointerests.ui.suggestions.bestProducts
import org.photointerests.ui.timeline.TimelineScreen
import org.photointerests.ui.timeline.TimelineViewModel

/** The interests and, in wide windows, the page of the one that is chosen, or of the first. */
@Composable
internal fun InterestsPanes(
    container: PhotoInterests,
    controller: NavHostController,
    interests: InterestsViewModel,
    snackbars: Snackbars
) {
    val products = bestProducts(container)
    val state by interests.state.collectAsStateWithLifecycle()
    val first = (state as? InterestsState.Shown)?.interests?.firstOrNull()?.category?.id
    val panes = rememberListDetailState(first != null || state == InterestsState.Loading)
    val shown = panes.chosen ?: first?.let { pageOf(it, Period.All) }
    val links = InterestsActions(
        openScan = { controller.navigate(Routes.SCAN) },
        openSettings = { controller.navigate(Routes.SETTINGS) },
        openShareCard = { controller.navigate(Routes.SHARE_CARD) },
        search = { controller.navigate(Routes.search()) },
        openInterest = { id, ofThisMonth ->
            val month = Period.Month(container.interests.thisMonth())
            val period = if (ofThisMonth) month else Period.All
            if (panes.isBeside) {
                panes.choose(pageOf(id, period))
            } else {
                controller.navigate(Routes.interest(id, period))
            }
        }
    )
    ListDetail(
        panes,
        shown,
        list = {
            InterestsRoute(
                interests,
                links,
                chosen = shown?.substringAfter('/').takeIf { panes.isBeside },
                setUp = { SetUpRoute(container) },
                suggestions = products?.let { found ->
                    { SuggestionsTeaser(found) { controller.navigate(Routes.SUGGESTIONS) } }
                }
            )
        },
        page = { page ->
            val period = Routes.periodOf(page.substringBefore('/')) ?: Period.All
            InterestPage(
                container,
                controller,
                snackbars,
                page.substringAfter('/'),
                period,
                back = if (panes.isBeside) null else panes::back,
                leave = panes::back
            )
        }
    )
}

private fun pageOf(id: String, period: Period) = "${Routes.name(period)}/$id"

/** The months and, in wide windows, the page of the one that is chosen, or of the newest. */
@Composable
internal fun TimelinePanes(container: PhotoInterests, controller: NavHostController) {
    val model = viewModel {
        TimelineViewModel(
            container.interests,
            container.photos,
            container.database.feedback(),
            container.errors,
            container.places
        )
    }
    val months by model.months.collectAsStateWithLifecycle()
    val trips by model.trips.collectAsStateWithLifecycle()
    val newest = months?.firstOrNull()?.month
    val panes = rememberListDetailState(hasPages = months == null || newest != null)
    val shown = panes.chosen ?: newest?.toString()
    ListDetail(
        panes,
        shown,
        list = {
            TimelineScreen(
                months,
                trips,
                { controller.navigate(Routes.SETTINGS) },
                chosen = shown?.let(YearMonth::parse).takeIf { panes.isBeside }
            ) {
                if (panes.isBeside) panes.choose("$it") else controller.navigate(Routes.month(it))
            }
        },
        page = { month ->
            val back = if (panes.isBeside) null else panes::back
            MonthPage(container, controller, YearMonth.parse(month), back)
        }
    )
}
