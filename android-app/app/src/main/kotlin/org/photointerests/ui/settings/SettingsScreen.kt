package org.photointerests.ui.settings

import androidx.annotation.StringRes
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.core.Choices
import org.photointerests.core.Theme
import org.photointerests.ui.designsystem.ChoiceRow
import org.photointerests.ui.designsystem.LinkRow
import org.photointerests.ui.designsystem.ListGroup
import org.photointerests.ui.designsystem.Loading
import org.photointerests.ui.designsystem.MaxContentWidth
import org.photointerests.ui.designsystem.Page
import org.photointerests.ui.designsystem.SwitchListRow
import org.photointerests.ui.designsystem.currentLocale
import org.photointerests.ui.designsystem.inLanguage
import org.photointerests.ui.designsystem.joined
import org.photointerests.ui.scan.ScanSwitches
import org.photointerests.ui.scan.title

/** What the user can change, and the pages that the settings lead to. */
class SettingsActions(
    val back: () -> Unit = {},
    val setAutoScan: (Boolean) -> Unit = {},
    val setOnlyCharging: (Boolean) -> Unit = {},
    val openScan: () -> Unit = {},
    val openAlbums: () -> Unit = {},
    val openAnalyzers: () -> Unit = {},
    val setTheme: (Theme) -> Unit = {},
    val setLanguage: (String) -> Unit = {},
    val setMonthlyNotification: (Boolean) -> Unit = {},
    val setAppLock: (Boolean) -> Unit = {},
    val openScreenLock: () -> Unit = {},
    val setHideInRecents: (Boolean) -> Unit = {},
    val showSensitive: (Boolean) -> Unit = {},
    val openPrivacy: () -> Unit = {},
    val openTransfer: () -> Unit = {},
    val deleteEverything: () -> Unit = {},
    val openAdvanced: () -> Unit = {},
    val openHelp: () -> Unit = {},
    val openLicences: () -> Unit = {}
)

/**
 * The settings as a list of groups.
 *
 * [language] is the tag of the app's own language, empty for the phone's; null where Android has no
 * such choice. Without a screen lock of the phone, [hasScreenLock], the app cannot be locked either.
 */
@Composable
fun SettingsScreen(
    state: SettingsState?,
    language: String?,
    version: String,
    actions: SettingsActions,
    hasScreenLock: Boolean = true
) {
    Page(stringResource(R.string.nav_settings), actions.back) { padding ->
        if (state == null) {
            Loading(Modifier.padding(padding))
        } else {
            Box(Modifier.fillMaxSize().padding(padding), Alignment.TopCenter) {
                Column(
                    Modifier.verticalScroll(rememberScrollState())
                        .widthIn(max = MaxContentWidth).padding(bottom = 24.dp)
                ) {
                    Scanning(state.choices, actions)
                    Appearance(state.choices.theme, language, actions)
                    Notifications(state.choices.monthlyNotification, actions)
                    Privacy(state, hasScreenLock, actions)
                    About(version, actions)
                }
            }
        }
    }
}

@Composable
private fun Scanning(choices: Choices, actions: SettingsActions) =
    ListGroup(stringResource(R.string.settings_scanning)) {
        ScanSwitches(
            choices.autoScan,
            choices.onlyCharging,
            actions.setAutoScan,
            actions.setOnlyCharging
        )
        LinkRow(
            stringResource(R.string.scan_title),
            stringResource(R.string.settings_scan_text),
            onClick = actions.openScan
        )
        LinkRow(
            stringResource(R.string.albums_title),
            stringResource(R.string.settings_albums_text),
            onClick = actions.openAlbums
        )
        LinkRow(
            stringResource(R.string.analyzers_title),
            stringResource(R.string.settings_analyzers_text),
            onClick = actions.openAnalyzers
        )
    }

@Composable
private fun Appearance(theme: Theme, language: String?, actions: SettingsActions) =
    ListGroup(stringResource(R.string.settings_appearance)) {
        ChoiceRow(
            stringResource(R.string.settings_theme),
            Theme.entries,
            theme,
            { stringResource(it.title()) },
            actions.setTheme
        )
        if (language != null) {
            ChoiceRow(
                stringResource(R.string.settings_language),
                listOf("") + appLanguages,
                language,
                { it.languageName() },
                actions.setLanguage
            )
        }
    }

@Composable
private fun Notifications(monthly: Boolean, actions: SettingsActions) =
    ListGroup(stringResource(R.string.settings_notifications)) {
        SwitchListRow(
            stringResource(R.string.settings_monthly),
            stringResource(R.string.settings_monthly_text),
            monthly,
            actions.setMonthlyNotification
        )
    }

@Composable
private fun Privacy(state: SettingsState, hasScreenLock: Boolean, actions: SettingsActions) =
    ListGroup(stringResource(R.string.settings_privacy)) {
        if (hasScreenLock || state.choices.appLock) {
            SwitchListRow(
                stringResource(R.string.settings_lock),
                stringResource(R.string.settings_lock_text),
                state.choices.appLock,
                actions.setAppLock
            )
        } else {
            LinkRow(
                stringResource(R.string.settings_lock),
                stringResource(R.string.settings_lock_none),
                onClick = actions.openScreenLock
            )
        }
        SwitchListRow(
            stringResource(R.string.settings_hide),
            stringResource(R.string.settings_hide_text),
            state.choices.hideInRecents,
            actions.setHideInRecents
        )
        if (state.sensitive.isNotEmpty()) {
            val locale = currentLocale()
            val names = joined(state.sensitive.map { it.names.inLanguage(locale) }, locale)
            SwitchListRow(
                stringResource(R.string.settings_sensitive_show),
                stringResource(R.string.settings_sensitive_text, names),
                state.choices.sensitive,
                actions.showSensitive
            )
        }
        LinkRow(stringResource(R.string.privacy_stored), onClick = actions.openPrivacy)
        LinkRow(
            stringResource(R.string.transfer_title),
            stringResource(R.string.transfer_text),
            onClick = actions.openTransfer
        )
        Delete(actions.deleteEverything)
    }

@Composable
private fun Delete(onDelete: () -> Unit) {
    var asking by rememberSaveable { mutableStateOf(false) }
    LinkRow(
        stringResource(R.string.settings_delete),
        stringResource(R.string.settings_delete_short),
        MaterialTheme.colorScheme.error
    ) { asking = true }
    if (asking) {
        DeleteDialog(
            onCancel = { asking = false },
            onDelete = {
                asking = false
                onDelete()
            }
        )
    }
}

@Composable
private fun About(version: String, actions: SettingsActions) {
    ListGroup(stringResource(R.string.settings_about)) {
        LinkRow(
            stringResource(R.string.settings_advanced),
            stringResource(R.string.settings_advanced_text),
            onClick = actions.openAdvanced
        )
        LinkRow(stringResource(R.string.help_title), onClick = actions.openHelp)
        LinkRow(stringResource(R.string.licences_title), onClick = actions.openLicences)
        LinkRow(stringResource(R.string.settings_version), version)
    }
}

@StringRes
private fun Theme.title(): Int = when (this) {
    Theme.SYSTEM -> R.string.theme_system
    Theme.LIGHT -> R.string.theme_light
    Theme.DARK -> R.string.theme_dark
}
