package org.photointerests.insights.description

/**
 * The words that sentences about photos need in a language: a [photo] of which nothing is known, one
 * [person], several [people] after their number, a [portrait], a [crowd] of more than are counted in
 * words, [many] things, [numbers] from two on, the word before the last of a list ([and]), and beside
 * people who have names [another] person, and [others] after their number.
 */
internal class SentenceWords(
    val photo: String,
    val person: String,
    val people: String,
    val portrait: String,
    val crowd: String,
    val many: String,
    val and: String,
    val another: String,
    val others: String,
    private val numbers: String
) {
    /** A number of two or more; null for one that is too large for words. */
    fun number(count: Int): String? = numbers.split(' ').getOrNull(count - 2)

    /** Parts as people list them: "a, b and c". */
    fun listed(parts: List<String>): String = if (parts.size < 2) {
        parts.joinToString("")
    } else {
        "${parts.dropLast(1).joinToString()} $and ${parts.last()}"
    }
}

internal val SENTENCE_WORDS = mapOf(
    "en" to SentenceWords(
        photo = "a photo",
        person = "a person",
        people = "people",
        portrait = "a portrait of one person",
        crowd = "a large group of people",
        many = "many",
        and = "and",
        another = "another person",
        others = "others",
        numbers = "two three four five six seven eight nine"
    ),
    "de" to SentenceWords(
        photo = "ein Foto",
        person = "eine Person",
        people = "Personen",
        portrait = "ein Porträt einer Person",
        crowd = "eine große Gruppe von Personen",
        many = "viele",
        and = "und",
        another = "eine weitere Person",
        others = "weitere Personen",
        numbers = "zwei drei vier fünf sechs sieben acht neun"
    ),
    "es" to SentenceWords(
        photo = "una foto",
        person = "una persona",
        people = "personas",
        portrait = "un retrato de una persona",
        crowd = "un grupo grande de personas",
        many = "bastantes",
        and = "y",
        another = "otra persona",
        others = "personas más",
        numbers = "dos tres cuatro cinco seis siete ocho nueve"
    ),
    "fr" to SentenceWords(
        photo = "une photo",
        person = "une personne",
        people = "personnes",
        portrait = "un portrait d’une personne",
        crowd = "un grand groupe de personnes",
        many = "plusieurs",
        and = "et",
        another = "une autre personne",
        others = "autres personnes",
        numbers = "deux trois quatre cinq six sept huit neuf"
    ),
    "tr" to SentenceWords(
        photo = "bir fotoğraf",
        person = "bir kişi",
        people = "kişi",
        portrait = "bir kişinin portresi",
        crowd = "kalabalık bir grup",
        many = "çok sayıda",
        and = "ve",
        another = "bir kişi daha",
        others = "kişi daha",
        numbers = "iki üç dört beş altı yedi sekiz dokuz"
    )
)
