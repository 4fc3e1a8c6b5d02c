package org.photointerests.ui.interests

import androidx.compose.foundation.layout.size
import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.conflate
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.flow.transform
import kotlinx.coroutines.launch
import org.photointerests.core.ErrorState
import org.photointerests.core.ModelCard
import org.photointerests.core.Settings
import org.photointerests.core.Shown
import org.photointerests.core.retryAfterError
import org.photointerests.feedback.FeedbackDao
import org.photointerests.feedback.feedback
import org.photointerests.insights.RefreshPace
import org.photointerests.insights.interests.Interest
import org.photointerests.insights.interests.InterestRepository
import org.photointerests.insights.interests.Period
import org.photointerests.insights.interests.Profile
import org.photointerests.pipeline.index.PhotoRepository
import org.photointerests.pipeline.media.PhotoAccess
import org.photointerests.pipeline.media.PhotoSource
import org.photointerests.pipeline.scan.ScanController
import org.photointerests.pipeline.scan.ScanState
import org.photointerests.ui.scan.isUnderWay

private const val KEEP_MS = 5000L

// A tile shows one photo.
private const val PHOTOS = 1
private const val MAX_OF_MONTH = 12

/**
 * Keeps the interests up to date while photos are scanned.
 *
 * [scan] is apart from [state]: it changes many times a second, and the grid of interests does not.
 */
class InterestsViewModel(
    private val interests: InterestRepository,
    photos: PhotoRepository,
    feedback: FeedbackDao,
    private val source: PhotoSource,
    private val scans: ScanController,
    settings: Settings,
    private val errors: ErrorState,
    card: ModelCard
) : ViewModel() {
    private val known = card.interests.filter { it.shown == Shown.ALWAYS }
    private val areasKnown = card.areas.filter { area -> known.any { it.area == area.id } }
    private val pace = RefreshPace()
    private var opening = true
    private val access = MutableStateFlow(source.access())

    val scan: StateFlow<ScanState> = scans.state
        .flowOn(Dispatchers.Default)
        .stateIn(viewModelScope, SharingStarted.WhileSubscribed(KEEP_MS), ScanState.Idle)

    val state: StateFlow<InterestsState> =
        combine(contents(photos, feedback), access, isSetUp(settings), ::show)
            .retryAfterError(errors)
            .flowOn(Dispatchers.Default)
            .stateIn(
                viewModelScope,
                SharingStarted.WhileSubscribed(KEEP_MS),
                InterestsState.Loading
            )

    /** Whether the user is still asked for access, and for what to scan. */
    val isStarting: Flow<Boolean> = state
        .map { it == InterestsState.NoAccess || it == InterestsState.SetUp }
        .distinctUntilChanged()

    /** Whether a scan is under way, be it that it waits. */
    val isScanning: Flow<Boolean> = scan.map { it.isUnderWay }.distinctUntilChanged()

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
        viewModelScope.launch {
            val known = state.first { it != InterestsState.Loading }
            val isSetUp = known is InterestsState.Shown || known == InterestsState.Unread
            if (isSetUp && access.value != PhotoAccess.DENIED) startScan()
        }
    }

    private fun isSetUp(settings: Settings) =
        settings.choices.map { it.isSetUp }.distinctUntilChanged()

    /** A slow answer drops the updates that come meanwhile, all but the last. */
    private fun contents(photos: PhotoRepository, feedback: FeedbackDao): Flow<Contents> = combine(
        pace.paced(photos.counts),
        feedback.feedback(),
        interests.sensitive
    ) { counts, _, _ -> counts }
        .conflate()
        .transform { counts ->
            val anyRead = counts.read + counts.failed > 0
            // What was shown last is there at once, and seldom wrong by much.
            if (opening) {
                interests.lastProfile(Period.All)?.let { emit(Contents(it, emptyList(), anyRead)) }
            }
            opening = false
            emit(pace.measure { read(anyRead) })
        }

    private suspend fun read(anyRead: Boolean): Contents {
        val all = interests.profile(Period.All, PHOTOS)
        val month = interests.profile(Period.Month(interests.thisMonth()), PHOTOS)
        return Contents(all, ofMonth(month.interests, all.interests), anyRead)
    }

    private fun show(contents: Contents, access: PhotoAccess, isSetUp: Boolean) = when {
        !contents.anyRead && access == PhotoAccess.DENIED -> InterestsState.NoAccess
        !contents.anyRead && !isSetUp -> InterestsState.SetUp
        !contents.anyRead -> InterestsState.Unread
        else -> InterestsState.Shown(
            access,
            contents.profile.photos,
            contents.profile.interests,
            contents.month,
            known.size,
            areasKnown
        )
    }

    private class Contents(
        val profile: Profile,
        val month: List<MonthlyInterest>,
        val anyRead: Boolean
    )
}

/** Those of a [month] that photos show: first those that no photo of another month does. */
internal fun ofMonth(month: List<Interest>, all: List<Interest>): List<MonthlyInterest> {
    val photos = all.associate { it.category.id to it.strength.photos }
    return month.filter { it.strength.photos > 0 }
        .map { MonthlyInterest(it, photos[it.category.id] == it.strength.photos) }
        .sortedWith(
            compareByDescending<MonthlyInterest> { it.isFirst }
                .thenByDescending { it.interest.strength.photos }
        )
        .take(MAX_OF_MONTH)
}
