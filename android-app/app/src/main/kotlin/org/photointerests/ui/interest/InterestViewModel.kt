package org.photointerests.ui.interest

import androidx.compose.foundation.layout.size
import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch
import org.photointerests.core.ErrorState
import org.photointerests.core.PhotoKey
import org.photointerests.core.retryAfterError
import org.photointerests.feedback.FeedbackDao
import org.photointerests.feedback.InterestFeedback
import org.photointerests.feedback.feedback
import org.photointerests.insights.RefreshPace
import org.photointerests.insights.interests.Interest
import org.photointerests.insights.interests.InterestRepository
import org.photointerests.insights.interests.MonthlyPhotos
import org.photointerests.insights.interests.Period
import org.photointerests.insights.interests.PhotoOrder
import org.photointerests.insights.interests.PhotoShare
import org.photointerests.pipeline.analysis.text.PhotoTexts
import org.photointerests.pipeline.analysis.text.TextMentions
import org.photointerests.pipeline.index.PhotoRepository
import org.photointerests.ui.designsystem.UndoableAction

private const val KEEP_MS = 5000L
private const val PAGE = 120
private const val CONTRIBUTIONS = 12

/**
 * An interest, null where the bundle knows it no more, and what the user chose for it.
 *
 * [months] says how many photos of each month show it, for a page of all months.
 * [mentions] are the words in texts that name it. [contributions] are the photos that contributed most;
 * null until the user asks for the reason.
 * [selected] are the photos that the next action is for.
 */
data class InterestState(
    val interest: Interest?,
    val period: Period = Period.All,
    val order: PhotoOrder = PhotoOrder.LIKENESS,
    val months: List<MonthlyPhotos> = emptyList(),
    val hidden: Boolean = false,
    val pinned: Boolean = false,
    val mentions: TextMentions? = null,
    val contributions: List<PhotoShare>? = null,
    val selected: Set<PhotoKey> = emptySet()
)

/** Keeps one interest and its photos up to date; photos are read page by page. */
class InterestViewModel(
    private val interests: InterestRepository,
    photos: PhotoRepository,
    private val texts: PhotoTexts,
    private val feedback: FeedbackDao,
    private val errors: ErrorState,
    private val categoryId: String,
    private val period: Period
) : ViewModel() {
    private val pace = RefreshPace()
    private val query = MutableStateFlow(Query())
    private val selected = MutableStateFlow(emptySet<PhotoKey>())

    /** Null until it is read. */
    val state: StateFlow<InterestState?> = combine(
        combine(pace.paced(photos.counts), query, feedback.feedback()) { _, query, feedback ->
            pace.measure { read(query, feedback) }
        },
        selected
    ) { state, selected -> state.copy(selected = selected) }
        .retryAfterError(errors)
        .flowOn(Dispatchers.Default)
        .stateIn(viewModelScope, SharingStarted.WhileSubscribed(KEEP_MS), null)

    /** Reads the next page of photos, once those before were read. */
    fun showMore() {
        val read = state.value?.interest?.photos?.size ?: return
        query.update { if (read == it.limit) it.copy(limit = read + PAGE) else it }
    }

    /** Shows the reason, or hides it again. */
    fun toggleReason() = query.update { it.copy(isExplained = !it.isExplained) }

    fun sortBy(order: PhotoOrder) = query.update { it.copy(order = order) }

    /** Selects a photo, or no longer. */
    fun toggle(photo: PhotoKey) = selected.update { if (photo in it) it - photo else it + photo }

    fun clearSelection() {
        selected.value = emptySet()
    }

    fun setPinned(pinned: Boolean) {
        viewModelScope.launch {
            errors.runReporting {
                if (pinned) feedback.pin(categoryId) else feedback.clearFeedback(categoryId)
            }
        }
    }

    /** Hides the interest; to be undone to what was chosen before. */
    fun hide(text: String): UndoableAction {
        val wasPinned = state.value?.pinned == true
        return UndoableAction(
            text,
            run = { feedback.hide(categoryId) },
            undo = {
                if (wasPinned) feedback.pin(categoryId) else feedback.clearFeedback(categoryId)
            }
        )
    }

    fun show(text: String) = UndoableAction(
        text,
        run = { feedback.clearFeedback(categoryId) },
        undo = { feedback.hide(categoryId) }
    )

    /** Says of the selected photos that they do not show the interest. */
    fun rejectSelected(text: String): UndoableAction {
        val photos = selected.value.toList()
        clearSelection()
        return UndoableAction(
            text,
            run = { feedback.reject(categoryId, photos) },
            undo = { feedback.restore(categoryId, photos) }
        )
    }

    private suspend fun read(query: Query, feedback: InterestFeedback) = InterestState(
        interests.interest(categoryId, period, query.limit, query.order),
        period,
        query.order,
        if (period == Period.All) interests.monthly(categoryId) else emptyList(),
        categoryId in feedback.hidden,
        categoryId in feedback.pinned,
        if (period == Period.All) texts.mentions(categoryId) else null,
        if (query.isExplained) {
            interests.contributions(categoryId, period, CONTRIBUTIONS)
        } else {
            null
        }
    )

    /** What to read: the first [limit] photos in an [order], and the reason if it was asked for. */
    private data class Query(
        val limit: Int = PAGE,
        val isExplained: Boolean = false,
        val order: PhotoOrder = PhotoOrder.LIKENESS
    )
}
