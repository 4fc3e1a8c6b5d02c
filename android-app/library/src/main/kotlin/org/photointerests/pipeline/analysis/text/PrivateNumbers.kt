package org.photointerests.pipeline.analysis.text

private const val MASK = '•'
private val CARD_DIGITS = 13..19
private val IBAN_LENGTHS = 15..34
private const val SPACE = "[ \\t\\u00a0-]"
private val DIGITS = Regex("\\d(?:$SPACE{0,2}\\d){12,}")

/** As cards print their numbers, also on several lines; the second way is American Express's. */
private val GROUPS_OF_A_CARD = Regex(
    "(?<!\\d)(?:\\d{4}[\\s-]{1,3}\\d{4}[\\s-]{1,3}\\d{4}[\\s-]{1,3}\\d{4}" +
        "|3\\d{3}[\\s-]{1,3}\\d{6}[\\s-]{1,3}\\d{5})(?!\\d)"
)
private val IBAN_START = Regex("(?=([A-Za-z]{2}$SPACE?\\d$SPACE?\\d))")
private const val BASE = 36
private const val IBAN_MODULUS = 97

/**
 * Masks each character of payment card numbers and IBANs, as Python does; the text keeps its length.
 *
 * Card numbers are 13 to 19 digits, with spaces or hyphens between, whose check digit is right (Luhn),
 * or four groups of four; IBANs are checked by their remainder modulo 97. A longer row of digits that
 * has such a number within is masked there.
 */
internal fun withoutPrivateNumbers(text: String): String {
    val masked = StringBuilder(text)
    for (place in cards(text) + ibans(text)) {
        for (index in place) if (text[index].isLetterOrDigit()) masked[index] = MASK
    }
    return masked.toString()
}

/** Whether the last digit is the check digit of those before (ISO/IEC 7812). */
internal fun isLuhn(digits: String): Boolean =
    digits.reversed().withIndex().sumOf { (place, digit) ->
        val value = digit.digitToInt() * (1 + place % 2)
        if (value > 9) value - 9 else value
    } % 10 == 0

/** Whether letters and digits without spaces are an IBAN (ISO 13616). */
internal fun isIban(text: String): Boolean {
    if (text.length !in IBAN_LENGTHS || !text.all(Char::isPlain)) return false
    val digits = (text.drop(4) + text.take(4)).map { it.digitToInt(BASE).toString() }
    return digits.joinToString("").toBigInteger().mod(IBAN_MODULUS.toBigInteger()).toInt() == 1
}

private fun cards(text: String): List<IntRange> {
    val grouped = GROUPS_OF_A_CARD.findAll(text).map { it.range }
    val checked = DIGITS.findAll(text).flatMap { match ->
        val places = match.range.filter { text[it].isDigit() }
        val digits = places.joinToString("") { text[it].digitToInt().toString() }
        digits.indices.flatMap { first ->
            CARD_DIGITS.map { first + it }
                .filter { it <= digits.length && isLuhn(digits.substring(first, it)) }
                .map { places[first]..places[it - 1] }
        }
    }
    return (grouped + checked).toList()
}

private fun ibans(text: String): List<IntRange> = IBAN_START.findAll(text).mapNotNull { match ->
    val places = lettersFrom(match.range.first, text)
    val letters = places.joinToString("") { text[it].toString() }
    IBAN_LENGTHS.reversed().firstOrNull { it <= letters.length && isIban(letters.take(it)) }
        ?.let { places[0]..places[it - 1] }
}.toList()

/** Places of the letters and digits from [first] on, with little between them. */
private fun lettersFrom(first: Int, text: String): List<Int> {
    val places = mutableListOf<Int>()
    var gap = 0
    for (index in first until text.length) {
        if (text[index].isPlain()) {
            places += index
            gap = 0
            if (places.size == IBAN_LENGTHS.last) break
        } else if (text[index] in " \t\u00a0-" && gap < 2) {
            gap++
        } else {
            break
        }
    }
    return places
}

private fun Char.isPlain() = this in 'a'..'z' || this in 'A'..'Z' || this in '0'..'9'
