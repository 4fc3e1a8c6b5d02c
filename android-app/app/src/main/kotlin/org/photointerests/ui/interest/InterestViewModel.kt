package org.photointerests.ui.interest

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.launch
import org.photointerests.core.ErrorState
import org.photointerests.core.retryAfterError
import org.photointerests.feedback.FeedbackDao
import org.photointerests.feedback.feedback
import org.photointerests.insights.RefreshPace
import org.photointerests.insights.interests.Interest
import org.photointerests.insights.interests.InterestRepository
import org.photointerests.insights.interests.Period
import org.photointerests.pipeline.index.PhotoRepository

private const val KEEP_MS = 5000L

/**
 * An interest, null where the bundle knows it no more, and whether the user said that it is none,
 * or that it is to be more.
 */
data class InterestState(
    val interest: Interest?,
    val hidden: Boolean = false,
    val pinned: Boolean = false
)

/** Keeps one interest and its photos up to date. */
class InterestViewModel(
    private val interests: InterestRepository,
    photos: PhotoRepository,
    private val feedback: FeedbackDao,
    private val errors: ErrorState,
    private val categoryId: String,
    private val period: Period
) : ViewModel() {
    private val pace = RefreshPace()

    /** Null until it is read. */
    val state: StateFlow<InterestState?> = combine(
        pace.paced(photos.counts).map {
            pace.measure { interests.interest(categoryId, period) }
        },
        feedback.feedback()
    ) { interest, feedback ->
        InterestState(interest, categoryId in feedback.hidden, categoryId in feedback.pinned)
    }.retryAfterError(errors)
        .flowOn(Dispatchers.Default)
        .stateIn(viewModelScope, SharingStarted.WhileSubscribed(KEEP_MS), null)

    fun setHidden(hidden: Boolean) = change {
        if (hidden) feedback.hide(categoryId) else feedback.clearFeedback(categoryId)
    }

    fun setPinned(pinned: Boolean) = change {
        if (pinned) feedback.pin(categoryId) else feedback.clearFeedback(categoryId)
    }

    private fun change(action: suspend () -> Unit) {
        viewModelScope.launch { errors.runReporting(action) }
    }
}
