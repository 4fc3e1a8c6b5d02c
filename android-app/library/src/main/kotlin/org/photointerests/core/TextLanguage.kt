package org.photointerests.core

import android.annotation.SuppressLint
import android.content.Context
import android.content.res.Configuration
import java.util.Locale
import org.photointerests.library.R

/**
 * This context in the language of the app's texts.
 *
 * A phone may be in a language that the app has no texts in: numbers, dates and lists then follow
 * the texts, and not the phone. It is a language whose texts were just read, so a bundle that is
 * split by language has it.
 */
@SuppressLint("AppBundleLocaleChanges")
fun Context.inTextLanguage(): Context {
    val language = getString(R.string.text_language)
    if (resources.configuration.locales[0].language == language) return this
    val texts = Configuration().apply { setLocale(Locale.forLanguageTag(language)) }
    return createConfigurationContext(texts)
}
