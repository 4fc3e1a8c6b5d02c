package org.photointerests.ui.people

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.flatMapLatest
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import org.photointerests.core.ErrorState
import org.photointerests.core.PhotoKey
import org.photointerests.core.retryAfterError
import org.photointerests.people.PeopleException
import org.photointerests.people.PeopleGroups
import org.photointerests.people.PersonFace
import org.photointerests.people.PersonGroup
import org.photointerests.search.folded
import org.photointerests.ui.designsystem.UndoableAction

private const val KEEP_MS = 5000L
private const val PAGE = 120

/**
 * A [person], null once the group is gone, and the first of its [faces], those on the newest photos
 * first. [selected] are the photos that the next action is for, [others] the people that it can be
 * the same as.
 */
data class PersonState(
    val person: PersonGroup?,
    val faces: List<PersonFace> = emptyList(),
    val others: List<PersonGroup> = emptyList(),
    val selected: Set<PhotoKey> = emptySet()
) {
    val photos: List<PhotoKey> = faces.map { it.photo }.distinct()

    /** The faces on the photos that are selected. */
    val selectedFaces: List<PersonFace> get() = faces.filter { it.photo in selected }

    /** Whether a part of the faces is selected: all of them are the group itself. */
    val canSplit: Boolean get() = selectedFaces.size in 1 until (person?.faces ?: 0)

    /** Another person who is called so. */
    fun namesake(name: String): PersonGroup? =
        others.find { it.name?.folded() == name.trim().folded() }
}

/** Shows the photos of a person, and changes the group as the user says. */
@OptIn(ExperimentalCoroutinesApi::class)
class PersonViewModel(
    private val groups: PeopleGroups,
    private val errors: ErrorState,
    private val id: Long
) : ViewModel() {
    private val most = MutableStateFlow(PAGE)
    private val selected = MutableStateFlow(emptySet<PhotoKey>())

    /** Null until it is read. */
    val state: StateFlow<PersonState?> = combine(
        groups.group(id),
        most.flatMapLatest { groups.faces(id, it) },
        groups.all,
        selected
    ) { person, faces, all, selected ->
        PersonState(person, faces, all.filter { it.id != id }, selected)
    }.retryAfterError(errors)
        .flowOn(Dispatchers.Default)
        .stateIn(viewModelScope, SharingStarted.WhileSubscribed(KEEP_MS), null)

    /** Has more faces read than are known. */
    fun showMore() {
        val read = state.value?.faces?.size ?: return
        if (read == most.value) most.value = read + PAGE
    }

    /** Selects a photo, or no longer. */
    fun toggle(photo: PhotoKey) = selected.update { if (photo in it) it - photo else it + photo }

    fun clearSelection() {
        selected.value = emptySet()
    }

    /** Calls the person so; an empty name is none. */
    fun name(name: String) = change { groups.name(id, name) }

    /** Calls the person as another group is called, which becomes a part of this one. */
    fun nameAndJoin(name: String, other: Long) = change {
        groups.name(id, name)
        groups.merge(id, listOf(other))
    }

    /** Makes another group a part of this one, and calls [then]. */
    fun join(other: Long, then: () -> Unit) = change(then) { groups.merge(id, listOf(other)) }

    /** Makes the selected photos a group of their own; to be joined again. */
    fun splitSelected(text: String): UndoableAction {
        val faces = state.value?.selectedFaces.orEmpty().map { it.id }
        clearSelection()
        var apart: Long? = null
        return UndoableAction(
            text,
            run = { ifThere { apart = groups.split(id, faces) } },
            undo = { ifThere { apart?.let { groups.merge(id, listOf(it)) } } }
        )
    }

    /** Deletes the group with all that is kept of its faces, and calls [then]. */
    fun forget(then: () -> Unit) = change(then) { groups.forget(id) }

    /** What the user confirmed is done to its end, even if its page is left meanwhile. */
    private fun change(then: () -> Unit = {}, action: suspend () -> Unit) {
        viewModelScope.launch {
            errors.runReporting {
                withContext(NonCancellable) { ifThere(action) }
                then()
            }
        }
    }

    /** A group that a scan or another page took away meanwhile needs no change: its page says so. */
    private suspend fun ifThere(action: suspend () -> Unit) = try {
        action()
    } catch (_: PeopleException) {
        // Nothing is left to be changed.
    }
}
