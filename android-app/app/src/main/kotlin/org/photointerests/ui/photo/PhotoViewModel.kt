package org.photointerests.ui.photo

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.stateIn
import org.photointerests.core.ErrorState
import org.photointerests.core.PhotoKey
import org.photointerests.core.retryAfterError
import org.photointerests.insights.interests.InterestRepository
import org.photointerests.insights.interests.PhotoFindings
import org.photointerests.pipeline.decode.PhotoProblem
import org.photointerests.pipeline.index.PhotoRepository
import org.photointerests.pipeline.media.GeoLocation
import org.photointerests.pipeline.media.GeoLocations

/**
 * What is known of a photo; [findings] is null for one that was not analysed, and [problem] the
 * reason, if a scan has met one.
 */
data class PhotoState(
    val key: PhotoKey,
    val findings: PhotoFindings?,
    val location: GeoLocation?,
    val problem: PhotoProblem? = null
)

/** Reads what is on one photo. */
class PhotoViewModel(
    interests: InterestRepository,
    photos: PhotoRepository,
    locations: GeoLocations,
    errors: ErrorState,
    key: PhotoKey
) : ViewModel() {
    val state: StateFlow<PhotoState?> = flow<PhotoState?> {
        val problem = photos.problem(key.volume, key.id)
        emit(PhotoState(key, interests.photo(key), locations.locationOf(key), problem))
    }.retryAfterError(errors)
        .flowOn(Dispatchers.IO).stateIn(viewModelScope, SharingStarted.Lazily, null)
}
