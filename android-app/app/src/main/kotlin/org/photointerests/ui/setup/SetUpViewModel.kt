package org.photointerests.ui.setup

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
import org.photointerests.core.Settings
import org.photointerests.core.retryAfterError
import org.photointerests.feedback.ExcludedAlbum
import org.photointerests.feedback.FeedbackDao
import org.photointerests.pipeline.media.Album
import org.photointerests.pipeline.media.PhotoSource
import org.photointerests.pipeline.scan.ScanController
import org.photointerests.ui.albums.AlbumsState
import org.photointerests.ui.albums.albumChoices
import org.photointerests.ui.designsystem.name

private const val KEEP_MS = 5000L

/** What is asked before the first scan: [albums] is null until they are listed. */
data class SetUpState(
    val albums: AlbumsState? = null,
    val autoScan: Boolean = true,
    val onlyCharging: Boolean = false
)

/** Keeps the answers until the last one is given, and starts the first scan with them. */
class SetUpViewModel(
    source: PhotoSource,
    private val feedback: FeedbackDao,
    private val scans: ScanController,
    private val settings: Settings,
    private val errors: ErrorState
) : ViewModel() {
    private val answers = MutableStateFlow(Answers())

    val state: StateFlow<SetUpState> = combine(albumChoices(source, feedback), answers) {
            albums,
            answers
        ->
        SetUpState(answers.applyTo(albums), answers.autoScan, answers.onlyCharging)
    }.retryAfterError(errors)
        .flowOn(Dispatchers.Default)
        .stateIn(viewModelScope, SharingStarted.WhileSubscribed(KEEP_MS), SetUpState())

    fun setRead(album: Album, read: Boolean) =
        answers.update { it.copy(albums = it.albums + (album.id to read)) }

    fun setAutoScan(autoScan: Boolean) = answers.update { it.copy(autoScan = autoScan) }

    fun setOnlyCharging(only: Boolean) = answers.update { it.copy(onlyCharging = only) }

    /** Keeps the answers and scans. */
    fun finish() {
        val answered = state.value
        viewModelScope.launch {
            errors.runReporting {
                for ((album, read) in answered.albums?.albums.orEmpty()) {
                    if (!read) feedback.exclude(ExcludedAlbum(album.id, album.name))
                }
                scans.setAutoScan(answered.autoScan)
                scans.setOnlyCharging(answered.onlyCharging)
                settings.setUp()
                scans.start()
            }
        }
    }

    /** [albums] are those that the user has turned on or off, by their ids. */
    private data class Answers(
        val albums: Map<String, Boolean> = emptyMap(),
        val autoScan: Boolean = true,
        val onlyCharging: Boolean = false
    ) {
        fun applyTo(state: AlbumsState) = state.copy(
            albums = state.albums.map { choice ->
                val likely = choice.read && !isProbablyUnwanted(choice.album.name)
                choice.copy(read = albums[choice.album.id] ?: likely)
            }
        )
    }
}
