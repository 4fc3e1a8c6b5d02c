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
import org.photointerests.interests.words
import org.photointerests.store.waitingOut

private const val KEEP_MS = 5000L

/**
 * An interest, null where the bundle knows it no more, and whether the user said that it is none,
 * or that it is to be more.
 */
data class InterestState(
    val interest: Interest?,
    val hidden: Boolean = false,
    val wanted: Boolean = false
)

/** Keeps one interest and the photos behind it up to date. */
class InterestViewModel(
    private val container: PhotoInterests,
    private val categoryId: String,
    period: Period
) : ViewModel() {
    private val photos = container.database.photos()
    private val choices = container.database.choices()

    /** Null until it is read. */
    val state: StateFlow<InterestState?> = combine(
        photos.counts(container.bundle.card.extractorVersion).conflate()
            .map { container.interests.interest(categoryId, period) },
        choices.words()
    ) { interest, words ->
        InterestState(interest, categoryId in words.hidden, categoryId in words.wanted)
    }.waitingOut(container.faults)
        .flowOn(Dispatchers.Default)
        .stateIn(viewModelScope, SharingStarted.WhileSubscribed(KEEP_MS), null)

    fun setHidden(hidden: Boolean) {
        viewModelScope.launch {
            container.faults.guard {
                if (hidden) choices.hide(categoryId) else choices.forgetWord(categoryId)
            }
        }
    }

    fun setWanted(wanted: Boolean) {
        viewModelScope.launch {
            container.faults.guard {
                if (wanted) choices.want(categoryId) else choices.forgetWord(categoryId)
            }
        }
    }
}
