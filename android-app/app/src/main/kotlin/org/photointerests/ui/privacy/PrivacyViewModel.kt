package org.photointerests.ui.privacy

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.stateIn
import org.photointerests.PhotoInterests
import org.photointerests.interests.words
import org.photointerests.model.ModelCard
import org.photointerests.store.StoredBytes
import org.photointerests.store.waitingOut

private const val KEEP_MS = 5000L

/** What is stored: [photos] photos, [words] on interests, [albums] left out, as read by [card]. */
data class PrivacyState(
    val photos: Int,
    val words: Int,
    val albums: Int,
    val bytes: StoredBytes,
    val card: ModelCard
)

/** Counts what is stored. */
class PrivacyViewModel(container: PhotoInterests) : ViewModel() {
    /** Null until it is counted. */
    val state: StateFlow<PrivacyState?> = combine(
        container.database.photos().counts(container.bundle.card.extractorVersion),
        container.database.choices().words(),
        container.database.choices().excluded(),
        container.shelf.changes
    ) { counts, words, albums, _ ->
        PrivacyState(
            counts.read + counts.failed,
            words.hidden.size + words.wanted.size,
            albums.size,
            container.storedBytes(),
            container.bundle.card
        )
    }.waitingOut(container.faults)
        .flowOn(Dispatchers.IO)
        .stateIn(viewModelScope, SharingStarted.WhileSubscribed(KEEP_MS), null)
}
