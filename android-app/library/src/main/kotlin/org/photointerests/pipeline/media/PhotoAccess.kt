package org.photointerests.pipeline.media

/** How much of the gallery the user lets this app see. */
enum class PhotoAccess {
    FULL,

    /** The photos that the user selected, from Android 14 on. */
    PARTIAL,
    DENIED
}
