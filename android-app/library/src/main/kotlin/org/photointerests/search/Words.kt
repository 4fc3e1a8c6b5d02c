package org.photointerests.search

import java.text.Normalizer
import java.util.Locale

private val MARKS = Regex("\\p{Mn}+")
private val SEPARATORS = Regex("[^\\p{L}\\p{N}]+")
private val LETTERS =
    mapOf("ß" to "ss", "æ" to "ae", "œ" to "oe", "ø" to "o", "ł" to "l", "ı" to "i")

/** A text as it is compared: small letters without marks. */
fun String.folded(): String {
    val small = lowercase(Locale.ROOT)
    val plain = LETTERS.entries.fold(small) { text, (from, to) -> text.replace(from, to) }
    return Normalizer.normalize(plain, Normalizer.Form.NFKD).replace(MARKS, "")
}

/** The words of a text, [folded]. */
fun String.words(): List<String> = folded().split(SEPARATORS).filter { it.isNotEmpty() }

/**
 * Whether a word becomes another by at most one edit: a letter more, less or changed, or two
 * neighbours exchanged (Damerau-Levenshtein distance of at most 1).
 */
internal fun isWithinOneEdit(a: String, b: String): Boolean {
    if (a.length > b.length) return isWithinOneEdit(b, a)
    if (b.length - a.length > 1) return false
    val start = a.commonPrefixWith(b).length
    val rest = a.length - start
    return when {
        a.length < b.length -> a.regionMatches(start, b, start + 1, rest)
        rest <= 1 -> true
        a.regionMatches(start + 1, b, start + 1, rest - 1) -> true
        else -> a[start] == b[start + 1] && a[start + 1] == b[start] &&
            a.regionMatches(start + 2, b, start + 2, rest - 2)
    }
}

/** Whether a term begins with a word that is at most one edit away. */
internal fun beginsWithinOneEdit(word: String, term: String): Boolean =
    (word.length - 1..word.length + 1)
        .any { it in 1..term.length && isWithinOneEdit(word, term.take(it)) }
