package org.photointerests.ui.privacy

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.stateIn
import org.photointerests.core.ErrorState
import org.photointerests.core.ModelCard
import org.photointerests.core.StoredBytes
import org.photointerests.core.retryAfterError
import org.photointerests.feedback.FeedbackDao
import org.photointerests.feedback.feedback
import org.photointerests.insights.RefreshPace
import org.photointerests.pipeline.index.PhotoRepository

private const val KEEP_MS = 5000L

/** What is stored: of [photos] photos, with [choices] on interests and [albums] turned off. */
data class PrivacyState(
    val photos: Int,
    val choices: Int,
    val albums: Int,
    val bytes: StoredBytes,
    val card: ModelCard
)

/** Counts what is stored. */
class PrivacyViewModel(
    photos: PhotoRepository,
    feedback: FeedbackDao,
    catalogueChanges: Flow<Int>,
    card: ModelCard,
    errors: ErrorState,
    storedBytes: () -> StoredBytes
) : ViewModel() {
    private val pace = RefreshPace()

    /** Null until it is counted. */
    val state: StateFlow<PrivacyState?> = combine(
        pace.paced(photos.counts),
        feedback.feedback(),
        feedback.excluded(),
        catalogueChanges
    ) { counts, feedback, albums, _ ->
        pace.measure {
            PrivacyState(
                counts.read + counts.failed,
                feedback.hidden.size + feedback.pinned.size,
                albums.size,
                storedBytes(),
                card
            )
        }
    }.retryAfterError(errors)
        .flowOn(Dispatchers.IO)
        .stateIn(viewModelScope, SharingStarted.WhileSubscribed(KEEP_MS), null)
}
