package org.photointerests.ui.people

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.stateIn
import org.photointerests.core.ErrorState
import org.photointerests.core.retryAfterError
import org.photointerests.people.PeopleGroups
import org.photointerests.people.PersonGroup

private const val KEEP_MS = 5000L

/**
 * The groups of the same person: [people], those on most photos first, and [once], who have no name
 * and are on one photo. [remaining] photos are still to be looked at; none are while it is not [on].
 */
data class PeopleState(
    val on: Boolean,
    val people: List<PersonGroup> = emptyList(),
    val once: List<PersonGroup> = emptyList(),
    val remaining: Int = 0
)

/** Keeps the groups up to date while a scan compares faces. */
class PeopleViewModel(groups: PeopleGroups, errors: ErrorState) : ViewModel() {
    /** Null until they are read. */
    val state: StateFlow<PeopleState?> =
        combine(groups.isOn, groups.all, groups.singles, groups.remaining, ::stateOf)
            .retryAfterError(errors)
            .flowOn(Dispatchers.Default)
            .stateIn(viewModelScope, SharingStarted.WhileSubscribed(KEEP_MS), null)
}

/** One who was given a name just now is read in both places for a moment, and shown in one. */
private fun stateOf(
    on: Boolean,
    people: List<PersonGroup>,
    once: List<PersonGroup>,
    remaining: Int
): PeopleState {
    val known = people.map { it.id }.toSet()
    return PeopleState(on, people, once.filter { it.id !in known }, remaining)
}
