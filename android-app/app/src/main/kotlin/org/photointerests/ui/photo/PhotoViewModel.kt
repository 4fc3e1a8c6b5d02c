package org.photointerests.ui.photo

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.stateIn
import org.photointerests.PhotoInterests
import org.photointerests.gallery.PhotoKey
import org.photointerests.gallery.PhotoPlace
import org.photointerests.interests.PhotoFindings
import org.photointerests.store.waitingOut

/** What is known of a photo; [findings] is null for one that was not read. */
data class PhotoState(val key: PhotoKey, val findings: PhotoFindings?, val place: PhotoPlace?)

/** Reads what is on one photo. */
class PhotoViewModel(container: PhotoInterests, key: PhotoKey) : ViewModel() {
    val state: StateFlow<PhotoState?> = flow<PhotoState?> {
        emit(PhotoState(key, container.interests.photo(key), container.places.place(key)))
    }.waitingOut(container.faults)
        .flowOn(Dispatchers.IO).stateIn(viewModelScope, SharingStarted.Lazily, null)
}
