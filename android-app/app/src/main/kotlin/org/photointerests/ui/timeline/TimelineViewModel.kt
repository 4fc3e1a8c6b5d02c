package org.photointerests.ui.timeline

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.conflate
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.stateIn
import org.photointerests.core.ErrorState
import org.photointerests.core.retryAfterError
import org.photointerests.feedback.FeedbackDao
import org.photointerests.feedback.feedback
import org.photointerests.insights.RefreshPace
import org.photointerests.insights.interests.InterestRepository
import org.photointerests.insights.interests.MonthProfile
import org.photointerests.insights.trips.Trip
import org.photointerests.pipeline.analysis.places.PhotoPlaces
import org.photointerests.pipeline.index.PhotoRepository

private const val KEEP_MS = 5000L

/** Keeps the months up to date while photos are scanned. */
class TimelineViewModel(
    interests: InterestRepository,
    photos: PhotoRepository,
    feedback: FeedbackDao,
    errors: ErrorState,
    places: PhotoPlaces?
) : ViewModel() {
    private val pace = RefreshPace()

    /** Null until they are read. */
    val months: StateFlow<List<MonthProfile>?> =
        combine(pace.paced(photos.counts), feedback.feedback(), interests.sensitive) {
                counts,
                _,
                _
            ->
            counts
        }
            .conflate()
            .map { pace.measure { interests.timeline() } }
            .retryAfterError(errors)
            .flowOn(Dispatchers.Default)
            .stateIn(viewModelScope, SharingStarted.WhileSubscribed(KEEP_MS), null)

    /** Trips, found again whenever photos were analysed. */
    val trips: StateFlow<List<Trip>> = pace.paced(photos.counts)
        .conflate()
        .map { places?.trips().orEmpty() }
        .retryAfterError(errors)
        .flowOn(Dispatchers.Default)
        .stateIn(viewModelScope, SharingStarted.WhileSubscribed(KEEP_MS), emptyList())
}
