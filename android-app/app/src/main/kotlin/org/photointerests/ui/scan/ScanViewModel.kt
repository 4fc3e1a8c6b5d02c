package org.photointerests.ui.scan

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.launch
import org.photointerests.PhotoInterests
import org.photointerests.scan.ScanState
import org.photointerests.store.FailedPhoto
import org.photointerests.store.StoreCounts

private const val KEEP_MS = 5000L

/** How the scan stands, and what was read so far. */
data class ScanStatus(val scan: ScanState, val counts: StoreCounts, val failures: List<FailedPhoto>)

/** Shows and steers the scan. */
class ScanViewModel(private val container: PhotoInterests) : ViewModel() {
    private val photos = container.database.photos()

    /** Null until it is read. */
    val state: StateFlow<ScanStatus?> = combine(
        container.scans.state,
        photos.counts(container.bundle.card.extractorVersion),
        photos.failures(),
        ::ScanStatus
    ).flowOn(Dispatchers.Default)
        .stateIn(viewModelScope, SharingStarted.WhileSubscribed(KEEP_MS), null)

    fun start() {
        viewModelScope.launch { container.scans.start() }
    }

    fun pause() {
        viewModelScope.launch { container.scans.pause() }
    }

    fun stop() {
        viewModelScope.launch { container.scans.stop() }
    }
}
