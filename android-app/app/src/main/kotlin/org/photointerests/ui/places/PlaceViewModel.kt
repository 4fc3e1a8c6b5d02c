package org.photointerests.ui.places

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.conflate
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.flow.update
import org.photointerests.core.ErrorState
import org.photointerests.core.PhotoKey
import org.photointerests.core.retryAfterError
import org.photointerests.insights.RefreshPace
import org.photointerests.pipeline.analysis.places.PhotoPlaces
import org.photointerests.pipeline.analysis.places.PlaceChoice
import org.photointerests.pipeline.analysis.places.PlacePhotos

private const val KEEP_MS = 5000L
private const val PAGE = 300

/** The newest [photos] of [count] that were taken in [towns]: one, or all of a country. */
data class PlaceState(val towns: List<PlacePhotos>, val photos: List<PhotoKey>) {
    val count get() = towns.sumOf { it.photos }
}

/** Reads the photos of a town or a country, page by page. */
class PlaceViewModel(places: PhotoPlaces, errors: ErrorState, choice: PlaceChoice) : ViewModel() {
    private val pace = RefreshPace()
    private val most = MutableStateFlow(PAGE)

    /** Null until they are read. */
    val state: StateFlow<PlaceState?> = combine(pace.paced(places.counts), most) { _, most -> most }
        .conflate()
        .map { most ->
            pace.measure { PlaceState(places.towns(choice), places.photos(choice, most)) }
        }
        .retryAfterError(errors)
        .flowOn(Dispatchers.Default)
        .stateIn(viewModelScope, SharingStarted.WhileSubscribed(KEEP_MS), null)

    /** Has more photos read than are shown. */
    fun showMore() = most.update { it + PAGE }
}
