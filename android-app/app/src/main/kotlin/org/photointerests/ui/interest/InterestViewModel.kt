package org.photointerests.ui.interest

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
import kotlinx.coroutines.launch
import org.photointerests.PhotoInterests
import org.photointerests.interests.Interest
import org.photointerests.interests.Period
import org.photointerests.store.HiddenInterest

private const val KEEP_MS = 5000L

/** An interest, and whether the user said that it is none. */
data class InterestState(val interest: Interest, val hidden: Boolean)

/** Keeps one interest and the photos behind it up to date. */
class InterestViewModel(container: PhotoInterests, private val categoryId: String, period: Period) :
    ViewModel() {
    private val photos = container.database.photos()

    /** Null until it is read, and for an id that the bundle does not know. */
    val state: StateFlow<InterestState?> = combine(
        photos.counts(container.bundle.card.extractorVersion).conflate()
            .map { container.interests.interest(categoryId, period) },
        photos.hidden()
    ) { interest, hidden -> interest?.let { InterestState(it, categoryId in hidden) } }
        .flowOn(Dispatchers.Default)
        .stateIn(viewModelScope, SharingStarted.WhileSubscribed(KEEP_MS), null)

    fun setHidden(hidden: Boolean) {
        viewModelScope.launch {
            if (hidden) photos.hide(HiddenInterest(categoryId)) else photos.show(categoryId)
        }
    }
}
