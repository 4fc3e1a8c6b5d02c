package org.photointerests.ui.library

private const val ALBUMS = "albums"
private const val PLACES = "places"
private const val PEOPLE = "people"
private const val SUGGESTIONS = "suggestions"
private const val INTEREST = "interest/"

/** What the library leads to, and shows beside itself in wide windows. */
sealed interface LibraryPage {
    /** Names the page where what is chosen is kept. */
    val key: String

    data object Albums : LibraryPage {
        override val key = ALBUMS
    }

    data object Places : LibraryPage {
        override val key = PLACES
    }

    data object People : LibraryPage {
        override val key = PEOPLE
    }

    data object Suggestions : LibraryPage {
        override val key = SUGGESTIONS
    }

    data class Interest(val categoryId: String) : LibraryPage {
        override val key = INTEREST + categoryId
    }

    companion object {
        /** The page of a [key]. */
        fun of(key: String): LibraryPage = when (key) {
            ALBUMS -> Albums
            PLACES -> Places
            PEOPLE -> People
            SUGGESTIONS -> Suggestions
            else -> Interest(key.removePrefix(INTEREST))
        }
    }
}
