package org.photointerests.ui.albums

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.launch
import org.photointerests.core.ErrorState
import org.photointerests.core.retryAfterError
import org.photointerests.feedback.FeedbackDao
import org.photointerests.pipeline.media.Album
import org.photointerests.pipeline.media.PhotoSource

private const val KEEP_MS = 5000L

/** Shows the albums of the gallery, and keeps those from being scanned that the user turns off. */
class AlbumsViewModel(
    source: PhotoSource,
    feedback: FeedbackDao,
    private val errors: ErrorState,
    private val setScanned: suspend (album: Album, scanned: Boolean) -> Unit
) : ViewModel() {
    /** Null until they are listed. */
    val state: StateFlow<AlbumsState?> = albumChoices(source, feedback)
        .retryAfterError(errors)
        .flowOn(Dispatchers.Default)
        .stateIn(viewModelScope, SharingStarted.WhileSubscribed(KEEP_MS), null)

    fun setRead(album: Album, read: Boolean) {
        viewModelScope.launch { errors.runReporting { setScanned(album, read) } }
    }
}
