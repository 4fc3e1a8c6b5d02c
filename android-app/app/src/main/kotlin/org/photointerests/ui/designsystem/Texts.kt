package org.photointerests.ui.designsystem

import androidx.compose.runtime.Composable
import androidx.compose.runtime.ReadOnlyComposable
import androidx.compose.ui.platform.LocalConfiguration
import java.text.NumberFormat
import java.time.Instant
import java.time.LocalDate
import java.time.YearMonth
import java.time.ZoneId
import java.time.format.DateTimeFormatter
import java.time.format.FormatStyle
import java.util.Locale
import org.photointerests.core.Area
import org.photointerests.core.Named

private const val LEAST = 0.01
private const val MOST = 0.99

/** The language that texts are shown in. */
@Composable
@ReadOnlyComposable
fun currentLocale(): Locale = LocalConfiguration.current.locales[0]

/** A part of 1 in per cent, never rounded to a certainty that it does not have. */
fun percent(value: Float, locale: Locale): String {
    val format = NumberFormat.getPercentInstance(locale)
    return when {
        value > 0 && value < LEAST -> "<" + format.format(LEAST)
        value < 1 && value > MOST -> ">" + format.format(MOST)
        else -> format.format(value)
    }
}

@Composable
fun percent(value: Float): String = percent(value, currentLocale())

/** Name in a language, or in English where the card has no other. */
fun Map<String, String>.inLanguage(locale: Locale): String = this[locale.language] ?: getValue("en")

/** Names as a list in a language: with its commas, and its word for and. */
fun joined(names: List<String>, locale: Locale): String =
    android.icu.text.ListFormatter.getInstance(locale).format(names)

@Composable
fun Named.name(): String = names.inLanguage(currentLocale())

@Composable
fun Area.name(): String = names.inLanguage(currentLocale())

@Composable
fun YearMonth.name(): String =
    DateTimeFormatter.ofPattern("LLLL yyyy", currentLocale()).format(this)

/** A day as people write it. */
@Composable
fun date(day: LocalDate): String =
    DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(currentLocale()).format(day)

/** Date and time by the clock of this phone. */
@Composable
fun dateAndTime(ms: Long, zone: ZoneId = ZoneId.systemDefault()): String = DateTimeFormatter
    .ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.SHORT)
    .withLocale(currentLocale())
    .format(Instant.ofEpochMilli(ms).atZone(zone))
