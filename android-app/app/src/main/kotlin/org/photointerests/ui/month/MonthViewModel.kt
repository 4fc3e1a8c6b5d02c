package org.photointerests.ui.month

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import java.time.YearMonth
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.conflate
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.stateIn
import org.photointerests.core.ErrorState
import org.photointerests.core.retryAfterError
import org.photointerests.feedback.FeedbackDao
import org.photointerests.feedback.feedback
import org.photointerests.insights.RefreshPace
import org.photointerests.insights.interests.InterestRepository
import org.photointerests.insights.interests.Period
import org.photointerests.insights.interests.Profile
import org.photointerests.insights.interests.Trends
import org.photointerests.pipeline.index.PhotoRepository

private const val KEEP_MS = 5000L

/** The interests of one month, and what changed in it. */
data class MonthContent(val month: YearMonth, val profile: Profile, val trends: Trends = Trends())

/** Keeps the interests of a month up to date while photos are scanned. */
class MonthViewModel(
    interests: InterestRepository,
    photos: PhotoRepository,
    feedback: FeedbackDao,
    errors: ErrorState,
    month: YearMonth
) : ViewModel() {
    private val pace = RefreshPace()

    /** Null until it is read. */
    val state: StateFlow<MonthContent?> = combine(
        pace.paced(photos.counts),
        feedback.feedback(),
        interests.sensitive
    ) { counts, _, _ -> counts }
        .conflate()
        .map {
            pace.measure {
                val profile = interests.profile(Period.Month(month), 1)
                MonthContent(month, profile, interests.trends(month))
            }
        }
        .retryAfterError(errors)
        .flowOn(Dispatchers.Default)
        .stateIn(viewModelScope, SharingStarted.WhileSubscribed(KEEP_MS), null)
}
