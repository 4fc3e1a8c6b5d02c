package org.photointerests.ui.analyzers

import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import org.photointerests.R
import org.photointerests.pipeline.analysis.identity.IdentityAnalyzer
import org.photointerests.pipeline.scan.AnalyzerChoice
import org.photointerests.ui.people.GroupsOffDialog

/**
 * The row of groups of the same person. Turned on, it has [openConsent] say first what that means;
 * turned off, it asks, since names that the user gave are deleted too.
 */
@Composable
internal fun GroupsRow(choice: AnalyzerChoice, onSet: (Boolean) -> Unit, openConsent: () -> Unit) {
    var asking by rememberSaveable { mutableStateOf(false) }
    AnalyzerRow(choice) { on -> if (on) openConsent() else asking = true }
    if (!asking) return
    GroupsOffDialog(R.string.identity_off_confirm, onCancel = { asking = false }) {
        asking = false
        onSet(false)
    }
}

/** Models that can be added; removing that of groups asks where these go with it: [groupsLost]. */
@Composable
internal fun PacksAndGroups(state: PacksState, actions: PackActions, groupsLost: Boolean) {
    var asking by rememberSaveable { mutableStateOf(false) }
    val remove = { name: String ->
        if (name == IdentityAnalyzer.NAME && groupsLost) asking = true else actions.remove(name)
    }
    Packs(state, PackActions(actions.add, remove))
    if (!asking) return
    GroupsOffDialog(R.string.packs_remove, onCancel = { asking = false }) {
        asking = false
        actions.remove(IdentityAnalyzer.NAME)
    }
}
