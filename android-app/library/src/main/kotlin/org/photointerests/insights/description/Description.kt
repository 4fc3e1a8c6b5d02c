package org.photointerests.insights.description

import java.time.YearMonth
import java.time.format.DateTimeFormatter
import java.util.Locale
import org.photointerests.core.Label
import org.photointerests.pipeline.analysis.places.Place

// What a photo without anything known is called, by language.
private val photo = mapOf(
    "en" to "a photo",
    "de" to "ein Foto",
    "es" to "una foto",
    "fr" to "une photo",
    "tr" to "bir fotoğraf"
)

/**
 * One sentence about a photo, composed from what analyzers found, as Python composes it: "On a coast,
 * Lisbon, Portugal, August 2024". No model writes it.
 *
 * [scene] is one that is probable enough to be named; where it has no phrase in the language, the
 * sentence leaves it out. [language] is one that the sentences are in; others get English.
 */
fun describePhoto(scene: Label?, place: Place?, month: YearMonth?, language: String): String {
    val known = language.takeIf { it in photo } ?: "en"
    val parts = listOf(scene?.let { it.phrases[known] } ?: photo.getValue(known)) +
        listOfNotNull(place?.title(known), month?.named(known))
    return parts.joinToString().replaceFirstChar { it.titlecase(Locale.forLanguageTag(known)) }
}

private fun YearMonth.named(language: String) =
    format(DateTimeFormatter.ofPattern("LLLL yyyy", Locale.forLanguageTag(language)))
