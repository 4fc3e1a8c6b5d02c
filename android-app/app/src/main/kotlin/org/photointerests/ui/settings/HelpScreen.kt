package org.photointerests.ui.settings

import androidx.compose.runtime.Composable
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.ui.designsystem.InfoCard
import org.photointerests.ui.designsystem.StatePage

private val answers = listOf(
    R.string.help_how to R.string.help_how_text,
    R.string.help_wrong to R.string.help_wrong_text,
    R.string.help_missing to R.string.help_missing_text,
    R.string.help_people to R.string.help_people_text,
    R.string.help_person_wrong to R.string.help_person_wrong_text,
    R.string.help_battery to R.string.help_battery_text,
    R.string.help_leave to R.string.help_leave_text
)

/** What people ask first. */
@Composable
fun HelpScreen(onBack: () -> Unit) =
    StatePage(stringResource(R.string.help_title), answers, onBack, 12.dp) { answers ->
        for ((question, answer) in answers) {
            InfoCard(stringResource(question), stringResource(answer))
        }
    }
