package org.photointerests.ui.interest

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.flowOn
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
import org.photointerests.insights.interests.PhotoShare
import org.photointerests.pipeline.index.PhotoRepository

private const val KEEP_MS = 5000L
private const val PAGE = 120
private const val CONTRIBUTIONS = 12

/**
 * An interest, null where the bundle knows it no more, and what the user chose for it.
 *
 * [contributions] are the photos that contributed most; null until the user asks for the reason.
 */
data class InterestState(
    val interest: Interest?,
    val ofOneMonth: Boolean = false,
    val hidden: Boolean = false,
    val pinned: Boolean = false,
    val contributions: List<PhotoShare>? = null
)

/** Keeps one interest and its photos up to date; photos are read page by page. */
class InterestViewModel(
    private val interests: InterestRepository,
    photos: PhotoRepository,
    private val feedback: FeedbackDao,
    private val errors: ErrorState,
    private val categoryId: String,
    private val period: Period
) : ViewModel() {
    private val pace = RefreshPace()
    private val limit = MutableStateFlow(PAGE)
    private val explained = MutableStateFlow(false)

    /** Null until it is read. */
    val state: StateFlow<InterestState?> = combine(
        combine(pace.paced(photos.counts), limit, explained) { _, limit, explained ->
            pace.measure { read(limit, explained) }
        },
        feedback.feedback()
    ) { state, feedback ->
        state.copy(hidden = categoryId in feedback.hidden, pinned = categoryId in feedback.pinned)
    }.retryAfterError(errors)
        .flowOn(Dispatchers.Default)
        .stateIn(viewModelScope, SharingStarted.WhileSubscribed(KEEP_MS), null)

    /** Reads the next page of photos, once those before were read. */
    fun showMore() {
        val read = state.value?.interest?.photos?.size ?: return
        if (read == limit.value) limit.value += PAGE
    }

    /** Shows the reason, or hides it again. */
    fun toggleReason() {
        explained.value = !explained.value
    }

    private suspend fun read(photos: Int, explained: Boolean) = InterestState(
        interests.interest(categoryId, period, photos),
        ofOneMonth = period is Period.Month,
        contributions = if (explained) {
            interests.contributions(categoryId, period, CONTRIBUTIONS)
        } else {
            null
        }
    )

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
