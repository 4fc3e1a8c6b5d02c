package org.photointerests.ui.places

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.conflate
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.stateIn
import org.photointerests.core.ErrorState
import org.photointerests.core.retryAfterError
import org.photointerests.insights.RefreshPace
import org.photointerests.pipeline.analysis.places.CountryPhotos
import org.photointerests.pipeline.analysis.places.PhotoPlaces

private const val KEEP_MS = 5000L

/** Keeps the towns and countries of photos up to date while places are found. */
class PlacesViewModel(places: PhotoPlaces, errors: ErrorState) : ViewModel() {
    private val pace = RefreshPace()

    /** Null until they are read. */
    val state: StateFlow<List<CountryPhotos>?> = pace.paced(places.counts)
        .conflate()
        .map { pace.measure { places.countries() } }
        .retryAfterError(errors)
        .flowOn(Dispatchers.Default)
        .stateIn(viewModelScope, SharingStarted.WhileSubscribed(KEEP_MS), null)
}
