package org.photointerests.ui.settings

import android.app.LocaleManager
import android.content.Context
import android.os.Build
import android.os.LocaleList
import androidx.annotation.RequiresApi
import androidx.compose.runtime.Composable
import androidx.compose.ui.res.stringResource
import java.util.Locale
import org.photointerests.R

/** Tags of the languages that the app has texts in: those of `xml/locales`, as a test checks. */
internal val appLanguages = listOf("en", "de", "fr", "es", "tr")

/** The app's own language; empty for the phone's, null before Android 13, which has none. */
internal fun Context.appLanguage(): String? =
    if (Build.VERSION.SDK_INT < Build.VERSION_CODES.TIRAMISU) null else chosenLanguage()

/** Android keeps the choice, and opens the window again in that language. */
internal fun Context.setAppLanguage(tag: String) {
    if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU) chooseLanguage(tag)
}

@RequiresApi(Build.VERSION_CODES.TIRAMISU)
private fun Context.chosenLanguage(): String {
    val locales = getSystemService(LocaleManager::class.java).applicationLocales
    return if (locales.isEmpty) "" else locales[0].language
}

@RequiresApi(Build.VERSION_CODES.TIRAMISU)
private fun Context.chooseLanguage(tag: String) {
    getSystemService(LocaleManager::class.java).applicationLocales =
        LocaleList.forLanguageTags(tag)
}

/** A language by its own name, for people who cannot read the one that is set. */
@Composable
internal fun String.languageName(): String {
    if (isEmpty()) return stringResource(R.string.language_system)
    val locale = Locale.forLanguageTag(this)
    return locale.getDisplayLanguage(locale).replaceFirstChar { it.titlecase(locale) }
}
