package org.photointerests.pipeline.analysis.people

import org.photointerests.core.Named

private const val PORTRAIT_AREA = 0.05f

/** How a photo shows people, which no card names. */
enum class Framing(override val names: Map<String, String>) : Named {
    PORTRAIT(
        mapOf(
            "en" to "Portrait",
            "de" to "Porträt",
            "es" to "Retrato",
            "fr" to "Portrait",
            "tr" to "Portre"
        )
    ),
    SINGLE(
        mapOf(
            "en" to "One person",
            "de" to "Eine Person",
            "es" to "Una persona",
            "fr" to "Une personne",
            "tr" to "Bir kişi"
        )
    ),
    PAIR(
        mapOf(
            "en" to "Two people",
            "de" to "Zwei Personen",
            "es" to "Dos personas",
            "fr" to "Deux personnes",
            "tr" to "İki kişi"
        )
    ),
    GROUP(
        mapOf(
            "en" to "Group of people",
            "de" to "Gruppe von Personen",
            "es" to "Grupo de personas",
            "fr" to "Groupe de personnes",
            "tr" to "Kişi grubu"
        )
    );

    override val id get() = name.lowercase()
}

/** The people on a photo: how many, and whether it is a portrait, shows one, a pair or a group. */
data class People(val number: Int, val framing: Framing)

/**
 * Counts people as Python does: the larger of the numbers of [faces] and [persons], since a face may
 * be turned away and a body out of the picture; null for none. One whose face covers a twentieth of
 * the photo ([largestFace]) is a portrait.
 */
fun countPeople(faces: Int, largestFace: Float, persons: Int): People? {
    val number = maxOf(faces, persons)
    val framing = when (number) {
        0 -> return null
        1 -> if (largestFace >= PORTRAIT_AREA) Framing.PORTRAIT else Framing.SINGLE
        2 -> Framing.PAIR
        else -> Framing.GROUP
    }
    return People(number, framing)
}
