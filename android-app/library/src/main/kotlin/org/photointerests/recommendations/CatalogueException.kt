package org.photointerests.recommendations

import java.io.IOException

/** What is wrong with a catalogue. */
enum class CatalogueProblem {
    /** The file could not be opened, or there is no room for a copy of it. */
    UNREADABLE,

    /** It is larger than any catalogue. */
    TOO_LARGE,

    /** It is something else. */
    NOT_A_CATALOGUE,

    /** Of a form that this app does not know. */
    OTHER_FORMAT,

    /** Made with models other than those of this app: its numbers mean nothing here. */
    OTHER_BUNDLE,

    /** It contradicts itself: cut off, or changed. */
    DAMAGED
}

/** A catalogue that cannot be used. */
class CatalogueException(val problem: CatalogueProblem, message: String, cause: Throwable? = null) :
    IOException(message, cause)

internal fun damaged(message: String, cause: Throwable? = null) =
    CatalogueException(CatalogueProblem.DAMAGED, message, cause)
