package org.photointerests.insights.description

import java.time.YearMonth
import java.time.format.DateTimeFormatter
import java.util.Locale
import org.photointerests.core.Label
import org.photointerests.pipeline.analysis.detections.FoundObjects
import org.photointerests.pipeline.analysis.people.Framing
import org.photointerests.pipeline.analysis.people.People
import org.photointerests.pipeline.analysis.places.Place

private const val MAX_THINGS = 3

/**
 * What a sentence says of a photo. [scene] is one that is probable enough to be named; [things] are
 * those beside people, the ones that cover most of the photo first. [names] are those that the user
 * gave to some of the people.
 */
class Described(
    val people: People? = null,
    val things: List<FoundObjects> = emptyList(),
    val scene: Label? = null,
    val place: Place? = null,
    val month: YearMonth? = null,
    val names: List<String> = emptyList()
)

/**
 * One sentence about a photo, composed from what analyzers found, as Python composes it: "Two people
 * on a coast, Lisbon, Portugal, August 2024". No model writes it. People whom the user named, which
 * Python does not know, are named: "Anna and two others on a coast".
 *
 * Scenes and things that have no phrase in the language are left out. [language] is one that the
 * sentences are in; others get English.
 */
fun describePhoto(photo: Described, language: String): String {
    val known = language.takeIf { it in SENTENCE_WORDS } ?: "en"
    val words = SENTENCE_WORDS.getValue(known)
    val people = if (photo.names.isEmpty()) {
        listOfNotNull(photo.people?.words(words))
    } else {
        photo.names + listOfNotNull(photo.unnamed(words))
    }
    val subjects = people +
        photo.things.take(MAX_THINGS).mapNotNull { it.words(words, known) }
    // Behind a face that fills the photo there is little to see of a scene.
    val scene = photo.scene?.phrases?.get(known)
        ?.takeIf { photo.people?.framing != Framing.PORTRAIT }
    val first = listOfNotNull(words.listed(subjects).takeIf { it.isNotEmpty() }, scene)
        .joinToString(" ").ifEmpty { words.photo }
    val parts = listOfNotNull(first, photo.place?.title(known), photo.month?.named(known))
    return parts.joinToString().replaceFirstChar { it.titlecase(Locale.forLanguageTag(known)) }
}

private fun People.words(words: SentenceWords): String = when {
    framing == Framing.PORTRAIT -> words.portrait
    number == 1 -> words.person
    else -> words.number(number)?.let { "$it ${words.people}" } ?: words.crowd
}

/** The people beside those who have names; null where all have. */
private fun Described.unnamed(words: SentenceWords): String? {
    val number = (people?.number ?: 0) - names.size
    return when {
        number <= 0 -> null
        number == 1 -> words.another
        else -> "${words.number(number) ?: words.many} ${words.others}"
    }
}

private fun FoundObjects.words(words: SentenceWords, language: String): String? {
    val plural = label.plurals?.get(language)
    if (count == 1 || plural == null) return label.phrases[language]
    return "${words.number(count) ?: words.many} $plural"
}

private fun YearMonth.named(language: String) =
    format(DateTimeFormatter.ofPattern("LLLL yyyy", Locale.forLanguageTag(language)))
