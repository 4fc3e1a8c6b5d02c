package org.photointerests.ui.scan

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.flatMapLatest
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.launch
import org.photointerests.PhotoInterests
import org.photointerests.scan.ScanState
import org.photointerests.store.FailedPhoto
import org.photointerests.store.StoreCounts
import org.photointerests.store.waitingOut

private const val KEEP_MS = 5000L

// Photos listed at a time: a gallery may have many thousands that cannot be read.
private const val PAGE = 100

/** How the scan stands, what was read so far, and the first of what could not be. */
data class ScanStatus(val scan: ScanState, val counts: StoreCounts, val failures: List<FailedPhoto>)

/** Shows and steers the scan. */
@OptIn(ExperimentalCoroutinesApi::class)
class ScanViewModel(private val container: PhotoInterests) : ViewModel() {
    private val photos = container.database.photos()
    private val shown = MutableStateFlow(PAGE)

    /** Null until it is read. */
    val state: StateFlow<ScanStatus?> = combine(
        container.scans.state,
        photos.counts(container.bundle.card.extractorVersion),
        shown.flatMapLatest(photos::failures),
        ::ScanStatus
    ).waitingOut(container.faults)
        .flowOn(Dispatchers.Default)
        .stateIn(viewModelScope, SharingStarted.WhileSubscribed(KEEP_MS), null)

    /** Has more of the failures listed, once the last one is seen. */
    fun showMore() {
        val listed = state.value?.failures?.size ?: return
        if (listed == shown.value) shown.value += PAGE
    }

    fun start() {
        viewModelScope.launch { container.faults.guard { container.scans.start() } }
    }

    fun pause() {
        viewModelScope.launch { container.faults.guard { container.scans.pause() } }
    }

    fun stop() {
        viewModelScope.launch { container.faults.guard { container.scans.stop() } }
    }
}
