package org.photointerests.ui.settings

import androidx.compose.runtime.Composable
import androidx.compose.ui.res.stringResource
import org.photointerests.R
import org.photointerests.ui.designsystem.SwitchRow

/** Whether photos are read while the phone is charged alone. */
@Composable
internal fun Charging(onlyCharging: Boolean, onChange: (Boolean) -> Unit) {
    Section(stringResource(R.string.settings_when)) {
        SwitchRow(stringResource(R.string.settings_only_charging), onlyCharging, onChange)
        Explanation(stringResource(R.string.settings_when_text))
    }
}
