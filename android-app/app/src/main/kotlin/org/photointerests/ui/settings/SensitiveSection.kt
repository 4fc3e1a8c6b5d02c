package org.photointerests.ui.settings

import androidx.compose.runtime.Composable
import androidx.compose.ui.res.stringResource
import org.photointerests.R
import org.photointerests.core.Category
import org.photointerests.ui.designsystem.SwitchRow
import org.photointerests.ui.designsystem.currentLocale
import org.photointerests.ui.designsystem.inLanguage
import org.photointerests.ui.designsystem.joined

/** Whether sensitive interests are shown, and which these are. */
@Composable
internal fun SensitiveInterests(
    shown: Boolean,
    interests: List<Category>,
    onChange: (Boolean) -> Unit
) {
    val locale = currentLocale()
    val names = joined(interests.map { it.names.inLanguage(locale) }, locale)
    Section(stringResource(R.string.settings_sensitive)) {
        SwitchRow(stringResource(R.string.settings_sensitive_show), shown, onChange)
        Explanation(stringResource(R.string.settings_sensitive_text, names))
    }
}
