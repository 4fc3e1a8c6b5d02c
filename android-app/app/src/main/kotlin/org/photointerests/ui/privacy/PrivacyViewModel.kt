package org.photointerests.ui.privacy

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.stateIn
import org.photointerests.PhotoInterests
import org.photointerests.model.ModelCard

private const val KEEP_MS = 5000L

/** What is stored: [photos] photos in [bytes] bytes, read by the bundle of [card]. */
data class PrivacyState(val photos: Int, val bytes: Long, val card: ModelCard)

/** Counts what is stored. */
class PrivacyViewModel(container: PhotoInterests) : ViewModel() {
    /** Null until it is counted. */
    val state: StateFlow<PrivacyState?> = container.database.photos()
        .counts(container.bundle.card.extractorVersion)
        .map {
            PrivacyState(it.read + it.failed, container.storedBytes(), container.bundle.card)
        }
        .flowOn(Dispatchers.IO)
        .stateIn(viewModelScope, SharingStarted.WhileSubscribed(KEEP_MS), null)
}
