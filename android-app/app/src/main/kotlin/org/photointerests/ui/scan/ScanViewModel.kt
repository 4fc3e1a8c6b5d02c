package org.photointerests.ui.scan

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.flatMapLatest
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.launch
import org.photointerests.core.ErrorState
import org.photointerests.core.Settings
import org.photointerests.core.retryAfterError
import org.photointerests.insights.RefreshPace
import org.photointerests.pipeline.index.FailedPhoto
import org.photointerests.pipeline.index.PhotoRepository
import org.photointerests.pipeline.index.StoreCounts
import org.photointerests.pipeline.scan.ScanController
import org.photointerests.pipeline.scan.ScanState

private const val KEEP_MS = 5000L

// Photos listed at a time: a gallery may have many thousands that cannot be read.
private const val PAGE = 100

/** How the scan stands, how many photos were scanned, and the first of those that failed. */
data class ScanStatus(
    val scan: ScanState,
    val counts: StoreCounts,
    val failures: List<FailedPhoto>,
    val autoScan: Boolean = true
)

/** Shows and steers the scan. */
@OptIn(ExperimentalCoroutinesApi::class)
class ScanViewModel(
    private val scans: ScanController,
    photos: PhotoRepository,
    settings: Settings,
    private val errors: ErrorState
) : ViewModel() {
    private val shown = MutableStateFlow(PAGE)
    private val pace = RefreshPace()

    /** Null until it is read. */
    val state: StateFlow<ScanStatus?> = combine(
        scans.state,
        pace.paced(photos.counts),
        shown.flatMapLatest { pace.paced(photos.failures(it)) },
        settings.choices.map { it.autoScan }.distinctUntilChanged(),
        ::ScanStatus
    ).retryAfterError(errors)
        .flowOn(Dispatchers.Default)
        .stateIn(viewModelScope, SharingStarted.WhileSubscribed(KEEP_MS), null)

    /** Has more of the failures listed, once the last one is seen. */
    fun showMore() {
        val listed = state.value?.failures?.size ?: return
        if (listed == shown.value) shown.value += PAGE
    }

    fun start() = change(scans::start)

    fun pause() = change(scans::pause)

    fun stop() = change(scans::stop)

    fun setAutoScan(autoScan: Boolean) = change { scans.setAutoScan(autoScan) }

    private fun change(action: suspend () -> Unit) {
        viewModelScope.launch { errors.runReporting(action) }
    }
}
