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
import org.photointerests.PhotoInterests
import org.photointerests.interests.MonthProfile
import org.photointerests.interests.words
import org.photointerests.store.waitingOut

private const val KEEP_MS = 5000L

/** Keeps the months up to date while photos are read. */
class TimelineViewModel(container: PhotoInterests) : ViewModel() {
    private val photos = container.database.photos()

    /** Null until they are read. */
    val months: StateFlow<List<MonthProfile>?> = combine(
        photos.counts(container.bundle.card.extractorVersion),
        container.database.choices().words()
    ) { counts, _ -> counts }
        .conflate()
        .map { container.interests.timeline() }
        .waitingOut(container.faults)
        .flowOn(Dispatchers.Default)
        .stateIn(viewModelScope, SharingStarted.WhileSubscribed(KEEP_MS), null)
}
