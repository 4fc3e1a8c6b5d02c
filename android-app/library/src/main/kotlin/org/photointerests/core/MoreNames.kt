package org.photointerests.core

private const val PATH = "/org/photointerests/core/names.tsv"
private val KEYS = setOf("of", "id", "en")

/**
 * Names of interests and areas in languages that released cards have none in.
 *
 * A card is a part of its bundle, and of what was published with it: it stays as it is, and a bundle
 * that has names of its own keeps them. A row counts for the English name it translates alone.
 */
internal object MoreNames {
    private val rows by lazy {
        rowsOf(PATH).associate { row ->
            Triple(row["of"], row["id"], row["en"]) to row - KEYS
        }
    }

    /** The card with a name in every language of the table. */
    fun addTo(card: ModelCard): ModelCard = card.copy(
        areas = card.areas.map { it.copy(names = of("area", it.id, it.names)) },
        interests = card.interests.map { it.copy(names = of("interest", it.id, it.names)) }
    )

    private fun of(what: String, id: String, names: Map<String, String>) =
        rows[Triple(what, id, names["en"])].orEmpty() + names
}
