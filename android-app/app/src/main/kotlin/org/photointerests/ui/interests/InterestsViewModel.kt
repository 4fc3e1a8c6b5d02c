package org.photointerests.ui.interests

import androidx.lifecycle.SavedStateHandle
import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import java.time.YearMonth
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.conflate
import kotlinx.coroutines.flow.flatMapLatest
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.flow.transform
import kotlinx.coroutines.launch
import org.photointerests.core.ErrorState
import org.photointerests.core.ModelCard
import org.photointerests.core.Shown
import org.photointerests.core.retryAfterError
import org.photointerests.feedback.FeedbackDao
import org.photointerests.feedback.feedback
import org.photointerests.insights.RefreshPace
import org.photointerests.insights.interests.InterestRepository
import org.photointerests.insights.interests.Period
import org.photointerests.insights.interests.Profile
import org.photointerests.pipeline.index.PhotoRepository
import org.photointerests.pipeline.media.PhotoAccess
import org.photointerests.pipeline.media.PhotoSource
import org.photointerests.pipeline.scan.ScanController
import org.photointerests.pipeline.scan.ScanState
import org.photointerests.ui.Routes

private const val STRIP = 8
private const val KEEP_MS = 5000L
private const val PERIOD = "period"

/**
 * Keeps the interests of the chosen period up to date while photos are read.
 *
 * The choice survives the end of the process in [saved].
 */
@OptIn(ExperimentalCoroutinesApi::class)
class InterestsViewModel(
    private val interests: InterestRepository,
    private val photos: PhotoRepository,
    private val feedback: FeedbackDao,
    private val source: PhotoSource,
    private val scans: ScanController,
    private val errors: ErrorState,
    card: ModelCard,
    private val saved: SavedStateHandle
) : ViewModel() {
    private val period = saved.getStateFlow(PERIOD, Routes.name(Period.All))
        .map { Routes.periodOf(it) ?: Period.All }
    private val known = card.interests.filter { it.shown == Shown.ALWAYS }
    private val areasKnown = card.areas.filter { area -> known.any { it.area == area.id } }
    private val pace = RefreshPace()
    private var opening = true
    private val access = MutableStateFlow(source.access())

    val state: StateFlow<InterestsState> =
        combine(period.flatMapLatest(::contents), access, scans.state, ::show)
            .retryAfterError(errors)
            .flowOn(Dispatchers.Default)
            .stateIn(
                viewModelScope,
                SharingStarted.WhileSubscribed(KEEP_MS),
                InterestsState.Loading
            )

    fun choose(chosen: Period) {
        saved[PERIOD] = Routes.name(chosen)
    }

    /** Asks again what the user allows, which may have changed outside the app. */
    fun refreshAccess() {
        access.value = source.access()
    }

    fun startScan() {
        viewModelScope.launch { errors.runReporting { scans.start() } }
    }

    /** As after the question for access: there is nothing to scan where it was refused. */
    fun startScanIfAllowed() {
        refreshAccess()
        if (access.value != PhotoAccess.DENIED) startScan()
    }

    /** A slow answer drops the updates that come meanwhile, all but the last. */
    private fun contents(period: Period): Flow<Contents> =
        combine(pace.paced(photos.counts), feedback.feedback(), interests.sensitive) {
                counts,
                _,
                _
            ->
            counts
        }
            .conflate()
            .transform { counts ->
                val months = interests.months()
                val shown = { profile: Profile ->
                    Contents(period, months, profile, anyRead = counts.read + counts.failed > 0)
                }
                // What was shown last is there at once, and seldom wrong by much.
                if (opening) interests.lastProfile(period)?.let { emit(shown(it)) }
                opening = false
                emit(shown(pace.measure { interests.profile(period, STRIP) }))
            }

    private fun show(contents: Contents, access: PhotoAccess, scan: ScanState): InterestsState =
        when {
            !contents.anyRead && access == PhotoAccess.DENIED -> InterestsState.NoAccess
            !contents.anyRead -> InterestsState.Unread(scan)
            else -> InterestsState.Shown(
                access,
                contents.profile.photos,
                contents.period,
                contents.months,
                contents.profile.interests.byArea(),
                known.size,
                areasKnown,
                scan
            )
        }

    private class Contents(
        val period: Period,
        val months: List<YearMonth>,
        val profile: Profile,
        val anyRead: Boolean
    )
}
