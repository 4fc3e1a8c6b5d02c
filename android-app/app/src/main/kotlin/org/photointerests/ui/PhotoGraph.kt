package org.photointerests.ui

import android.Manifest.permission.ACCESS_MEDIA_LOCATION
import android.os.Build
import android.widget.Toast
import androidx.activity.compose.rememberLauncherForActivityResult
import androidx.activity.result.contract.ActivityResultContracts.RequestPermission
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.platform.LocalContext
import androidx.lifecycle.compose.LifecycleResumeEffect
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.lifecycle.createSavedStateHandle
import androidx.lifecycle.viewmodel.compose.viewModel
import androidx.navigation.NavGraphBuilder
import androidx.navigation.NavHostController
import androidx.navigation.navArgument
import org.photointerests.PhotoInterests
import org.photointerests.R
import org.photointerests.core.PhotoKey
import org.photointerests.insights.interests.Period
import org.photointerests.pipeline.analysis.detections.PhotoDetections
import org.photointerests.search.SearchSources
import org.photointerests.ui.designsystem.sharePhotos
import org.photointerests.ui.photo.PhotoActions
import org.photointerests.ui.photo.PhotoScreen
import org.photointerests.ui.photo.PhotoSources
import org.photointerests.ui.photo.PhotoViewModel
import org.photointerests.ui.photo.openInGallery
import org.photointerests.ui.search.SearchLinks
import org.photointerests.ui.search.SearchRoute
import org.photointerests.ui.search.SearchViewModel
import org.photointerests.ui.search.searchNames

// As many as anybody swipes through.
private const val MAX_SWIPED = 1000

/** Searches, and photos one at a time. */
internal fun NavGraphBuilder.photos(container: PhotoInterests, controller: NavHostController) {
    checked(
        Routes.PHOTO,
        controller,
        Routes::photoOf,
        optional = listOf("interest", "query", "place", "person")
    ) { route -> Photo(container, controller, route) }
    sharing(
        Routes.SEARCH,
        // The view model finds the words by their name.
        listOf(navArgument("query") { defaultValue = "" })
    ) {
        val model = viewModel {
            SearchViewModel(
                container.search,
                container.database.feedback(),
                container.bundle.card.searchNames(
                    container.scenes,
                    container.people,
                    container.things()
                ),
                container.errors,
                createSavedStateHandle()
            )
        }
        val links = SearchLinks(
            back = { controller.popBackStack() },
            openInterest = { controller.navigate(Routes.interest(it, Period.All)) },
            openMonth = { controller.navigate(Routes.month(it)) },
            openPerson = { controller.navigate(Routes.person(it)) },
            openPhoto = { photo, query -> controller.navigate(Routes.photo(photo, query)) }
        )
        SearchRoute(model, links)
    }
}

@Composable
private fun Photo(container: PhotoInterests, controller: NavHostController, route: PhotoRoute) {
    val model = viewModel {
        val sources = PhotoSources(
            container.interests,
            container.photos,
            container.locations,
            container.favourites,
            container.similar,
            container.scenes,
            container.places,
            container.faces,
            container.objects,
            container.people,
            container.texts,
            container.peopleGroups,
            container.species
        )
        PhotoViewModel(sources, container.errors, route.photo) { container.photosOf(route) }
    }
    val state by model.state.collectAsStateWithLifecycle()
    val context = LocalContext.current
    val place = rememberLauncherForActivityResult(RequestPermission()) { model.readAgain() }
    // Names may be others on return from a person.
    var isAway by rememberSaveable { mutableStateOf(false) }
    LifecycleResumeEffect(model) {
        if (isAway) model.readAgain()
        isAway = false
        onPauseOrDispose {}
    }
    val actions = PhotoActions(
        back = { controller.popBackStack() },
        show = model::show,
        openPhoto = { controller.navigate(Routes.photo(it)) },
        openInterest = { controller.navigate(Routes.interest(it, Period.All)) },
        openPerson = {
            isAway = true
            controller.navigate(Routes.person(it))
        },
        showPlace = {
            if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.Q) place.launch(ACCESS_MEDIA_LOCATION)
        },
        search = { controller.navigate(Routes.search(it)) },
        share = { context.sharePhotos(listOf(it)) },
        openInGallery = {
            if (!context.openInGallery(it)) {
                Toast.makeText(context, R.string.photo_no_gallery, Toast.LENGTH_LONG).show()
            }
        }
    )
    PhotoScreen(state, route.photo, actions)
}

/** What analyzers of things found, by the names of their sources of searches. */
private fun PhotoInterests.things(): Map<String, PhotoDetections> = listOfNotNull(
    objects?.let { SearchSources.OBJECTS to it }
).toMap() + species.found()

/** The photos to swipe through. */
private suspend fun PhotoInterests.photosOf(route: PhotoRoute): List<PhotoKey> = when {
    route.interest != null -> bundle.card.interests.getOrNull(route.interest)
        ?.let { interests.interest(it.id, Period.All, MAX_SWIPED)?.photos }.orEmpty()
    route.person != null -> peopleGroups.photos(route.person, MAX_SWIPED)
    route.place != null -> places?.photos(route.place, MAX_SWIPED).orEmpty()
    route.query != null -> search.search(route.query, MAX_SWIPED).photos
    else -> emptyList()
}
