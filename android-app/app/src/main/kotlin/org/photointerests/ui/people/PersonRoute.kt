package org.photointerests.ui.people

import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.platform.LocalResources
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import org.photointerests.R
import org.photointerests.core.PhotoKey
import org.photointerests.people.PersonGroup
import org.photointerests.ui.designsystem.Snackbars

/** What the page of a person asks. */
private enum class Question { NONE, NAME, NAMESAKE, FORGET }

/** The page of a person, and what it asks before it changes anything that cannot be undone. */
@Composable
internal fun PersonRoute(
    model: PersonViewModel,
    snackbars: Snackbars,
    back: () -> Unit,
    openPhoto: (PhotoKey) -> Unit,
    openOthers: () -> Unit
) {
    val state by model.state.collectAsStateWithLifecycle()
    val resources = LocalResources.current
    var question by rememberSaveable { mutableStateOf(Question.NONE) }
    var given by rememberSaveable { mutableStateOf("") }
    val actions = PersonActions(
        back,
        openPhoto,
        model::showMore,
        rename = { question = Question.NAME },
        name = { name ->
            given = name
            if (state?.namesake(name) != null) {
                question = Question.NAMESAKE
            } else {
                question = Question.NONE
                model.name(name)
            }
        },
        cancelName = { question = Question.NONE },
        openOthers,
        forget = { question = Question.FORGET },
        model::toggle,
        model::clearSelection,
        splitSelected = {
            val count = state?.selected.orEmpty().size
            val text = resources.getQuantityString(R.plurals.person_split, count, count)
            snackbars.offer(model.splitSelected(text))
        }
    )
    PersonScreen(state, actions, naming = question == Question.NAME)
    val shown = state ?: return
    val person = shown.person ?: return
    val close = { question = Question.NONE }
    when (question) {
        Question.NONE, Question.NAME -> Unit
        Question.NAMESAKE -> Namesake(shown, person, given, model, close)
        Question.FORGET -> ForgetDialog(person.photos, close) {
            close()
            model.forget(then = back)
        }
    }
}

@Composable
private fun Namesake(
    state: PersonState,
    person: PersonGroup,
    given: String,
    model: PersonViewModel,
    close: () -> Unit
) {
    val other = state.namesake(given) ?: return
    NamesakeDialog(
        person,
        other,
        close,
        onApart = {
            close()
            model.name(given)
        },
        onJoin = {
            close()
            model.nameAndJoin(other.name ?: given, other.id)
        }
    )
}
