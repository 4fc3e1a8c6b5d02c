package org.photointerests.ui.library

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.stateIn
import org.photointerests.core.Category
import org.photointerests.core.ErrorState
import org.photointerests.core.ModelCard
import org.photointerests.core.retryAfterError
import org.photointerests.feedback.FeedbackDao
import org.photointerests.feedback.feedback
import org.photointerests.pipeline.media.PhotoSource
import org.photointerests.ui.albums.AlbumsState
import org.photointerests.ui.albums.albumChoices
import org.photointerests.ui.designsystem.UndoableAction

private const val KEEP_MS = 5000L

/**
 * The albums, the interests that the user has pinned or hidden, and whether there are groups of the
 * same person, [groupsPeople].
 */
data class LibraryState(
    val albums: AlbumsState,
    val pinned: List<Category>,
    val hidden: List<Category>,
    val groupsPeople: Boolean = false
)

/** Shows what the user has arranged, and takes back choices. */
class LibraryViewModel(
    source: PhotoSource,
    private val feedback: FeedbackDao,
    card: ModelCard,
    groupsPeople: Flow<Boolean>,
    errors: ErrorState
) : ViewModel() {
    /** Null until it is read. */
    val state: StateFlow<LibraryState?> =
        combine(
            albumChoices(source, feedback),
            feedback.feedback(),
            groupsPeople
        ) { albums, feedback, groupsPeople ->
            LibraryState(
                albums,
                card.interests.filter { it.id in feedback.pinned },
                card.interests.filter { it.id in feedback.hidden },
                groupsPeople
            )
        }.retryAfterError(errors)
            .flowOn(Dispatchers.Default)
            .stateIn(viewModelScope, SharingStarted.WhileSubscribed(KEEP_MS), null)

    fun unpin(category: Category, text: String) = UndoableAction(
        text,
        run = { feedback.clearFeedback(category.id) },
        undo = { feedback.pin(category.id) }
    )

    fun show(category: Category, text: String) = UndoableAction(
        text,
        run = { feedback.clearFeedback(category.id) },
        undo = { feedback.hide(category.id) }
    )
}
