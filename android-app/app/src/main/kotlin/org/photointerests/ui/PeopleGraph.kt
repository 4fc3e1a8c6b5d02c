package org.photointerests.ui

import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.rememberCoroutineScope
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.lifecycle.viewmodel.compose.viewModel
import androidx.navigation.NavGraphBuilder
import androidx.navigation.NavHostController
import androidx.navigation.compose.composable
import kotlinx.coroutines.launch
import org.photointerests.PhotoInterests
import org.photointerests.pipeline.analysis.identity.IdentityAnalyzer
import org.photointerests.ui.designsystem.Snackbars
import org.photointerests.ui.people.ConsentScreen
import org.photointerests.ui.people.PeopleActions
import org.photointerests.ui.people.PeopleScreen
import org.photointerests.ui.people.PeopleViewModel
import org.photointerests.ui.people.PersonRoute
import org.photointerests.ui.people.PersonViewModel
import org.photointerests.ui.people.SamePersonScreen

/** What groups of the same person mean, all of them, and one of them. */
internal fun NavGraphBuilder.people(
    container: PhotoInterests,
    controller: NavHostController,
    snackbars: Snackbars
) {
    val back: () -> Unit = { controller.popBackStack() }
    composable(Routes.PEOPLE_CONSENT) {
        val scope = rememberCoroutineScope()
        ConsentScreen(
            onTurnOn = {
                scope.launch {
                    container.errors.runReporting {
                        container.setAnalyzer(IdentityAnalyzer.NAME, on = true)
                        controller.popBackStack(Routes.PEOPLE_CONSENT, inclusive = true)
                    }
                }
            },
            back
        )
    }
    composable(Routes.PEOPLE) { PeoplePage(container, controller, back) }
    checked(Routes.PERSON, controller, Routes::personOf) { id ->
        PersonRoute(
            viewModel { PersonViewModel(container.peopleGroups, container.errors, id) },
            snackbars,
            back,
            openPhoto = { controller.navigate(Routes.photoOfPerson(it, id)) },
            openOthers = { controller.navigate(Routes.samePerson(id)) }
        )
    }
    checked(Routes.SAME_PERSON, controller, Routes::personOf) { id ->
        val model = viewModel { PersonViewModel(container.peopleGroups, container.errors, id) }
        val state by model.state.collectAsStateWithLifecycle()
        SamePersonScreen(state, onJoin = { model.join(it, back) }, back)
    }
}

/** The people on photos: a screen of its own, or beside the library, where [back] is null. */
@Composable
internal fun PeoplePage(
    container: PhotoInterests,
    controller: NavHostController,
    back: (() -> Unit)?
) {
    val model = viewModel { PeopleViewModel(container.peopleGroups, container.errors) }
    val state by model.state.collectAsStateWithLifecycle()
    val actions = PeopleActions(
        back,
        open = { controller.navigate(Routes.person(it)) },
        openAnalyzers = { controller.navigate(Routes.ANALYZERS) }
    )
    PeopleScreen(state, actions)
}
