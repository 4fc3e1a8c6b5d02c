package org.photointerests.ui.scan

import androidx.compose.runtime.Composable
import androidx.compose.ui.res.stringResource
import org.photointerests.R
import org.photointerests.ui.designsystem.SwitchListRow

/** When to scan: rows of a list. */
@Composable
internal fun ScanSwitches(
    autoScan: Boolean,
    onlyCharging: Boolean,
    setAutoScan: (Boolean) -> Unit,
    setOnlyCharging: (Boolean) -> Unit
) {
    SwitchListRow(
        stringResource(R.string.scan_automatically),
        stringResource(R.string.settings_scan_automatically_text),
        autoScan,
        setAutoScan
    )
    SwitchListRow(
        stringResource(R.string.settings_only_charging),
        stringResource(R.string.settings_when_text),
        onlyCharging,
        setOnlyCharging
    )
}
