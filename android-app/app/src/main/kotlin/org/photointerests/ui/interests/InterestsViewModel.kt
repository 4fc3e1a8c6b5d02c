package org.photointerests.ui.interests

import androidx.lifecycle.SavedStateHandle
import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
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
import org.photointerests.PhotoInterests
import org.photointerests.gallery.PhotoAccess
import org.photointerests.interests.Period
import org.photointerests.interests.Profile
import org.photointerests.interests.words
import org.photointerests.scan.ScanState
import org.photointerests.store.monthOf
import org.photointerests.store.waitingOut
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
    private val container: PhotoInterests,
    private val saved: SavedStateHandle = SavedStateHandle()
) : ViewModel() {
    private val photos = container.database.photos()
    private val period = saved.getStateFlow(PERIOD, Routes.name(Period.All)).map(Routes::period)
    private var opening = true
    private val access = MutableStateFlow(container.source.access())

    val state: StateFlow<InterestsState> = combine(
        period.flatMapLatest(::contents),
        access,
        container.scans.state,
        ::show
    ).waitingOut(container.faults)
        .flowOn(Dispatchers.Default)
        .stateIn(viewModelScope, SharingStarted.WhileSubscribed(KEEP_MS), InterestsState.Loading)

    fun choose(chosen: Period) {
        saved[PERIOD] = Routes.name(chosen)
    }

    /** Asks again what the user allows, which may have changed outside the app. */
    fun refreshAccess() {
        access.value = container.source.access()
    }

    /** A slow answer drops the updates that come meanwhile, all but the last. */
    private fun contents(period: Period): Flow<Contents> = combine(
        photos.counts(container.bundle.card.extractorVersion),
        container.database.choices().words()
    ) { counts, _ -> counts }
        .conflate()
        .transform { counts ->
            val months = photos.months(container.bundle.card.extractorVersion)
            val shown = { profile: Profile ->
                Contents(
                    period,
                    months.map { monthOf(it.month) }.reversed(),
                    profile,
                    anyRead = counts.read + counts.failed > 0
                )
            }
            // What was shown last is there at once, and seldom wrong by much.
            if (opening) container.interests.lastProfile(period)?.let { emit(shown(it)) }
            opening = false
            emit(shown(container.interests.profile(period, STRIP)))
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
                container.bundle.card.categories.size,
                container.bundle.card.areas,
                scan
            )
        }

    private class Contents(
        val period: Period,
        val months: List<java.time.YearMonth>,
        val profile: Profile,
        val anyRead: Boolean
    )
}
