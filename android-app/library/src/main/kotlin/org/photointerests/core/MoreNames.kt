package org.photointerests.core

private const val FOLDER = "/org/photointerests/core"
private val KEYS = setOf("of", "id", "en")

/**
 * Names in languages that released cards have none in: of interests, areas, kinds, and of what
 * analyzers find, with the phrases of sentences.
 *
 * A card is a part of its bundle, and of what was published with it: it stays as it is, and a bundle
 * that has names of its own keeps them. A row counts for the English name it translates alone, so
 * that what has no row, or was renamed, has its English name.
 */
internal object MoreNames {
    private val rows by lazy {
        rowsOf("$FOLDER/names.tsv").associate { row ->
            Triple(row["of"], row["id"], row["en"]) to row - KEYS
        }
    }

    // Kinds of one English name are the same thing, seen by different photo sets.
    private val kinds by lazy {
        rowsOf("$FOLDER/kind_names.tsv").associate { row -> row["en"] to row - KEYS }
    }

    /** The card with a name in every language of the tables. */
    fun addTo(card: ModelCard): ModelCard = card.copy(
        areas = card.areas.map { it.copy(names = of("area", it.id, it.names)) },
        interests = card.interests.map { it.copy(names = of("interest", it.id, it.names)) },
        kinds = card.kinds.map { it.copy(names = kinds[it.names["en"]].orEmpty() + it.names) }
    )

    /**
     * The card with a name and a phrase in every language of the table, whose rows are of the analyzer
     * in the singular: "scene", "scene phrase", "scene group", "object plural".
     */
    fun addTo(card: AnalyzerCard): AnalyzerCard {
        val what = card.name.removeSuffix("s")
        return card.copy(
            labels = card.labels.map { label ->
                label.copy(
                    names = of(what, label.id, label.names),
                    phrases = of("$what phrase", label.id, label.phrases),
                    plurals = label.plurals?.let { of("$what plural", label.id, it) }
                )
            },
            groups = card.groups.map { it.copy(names = of("$what group", it.id, it.names)) }
        )
    }

    private fun of(what: String, id: String, names: Map<String, String>) =
        rows[Triple(what, id, names["en"])].orEmpty() + names
}
