package org.photointerests.pipeline.media

import org.photointerests.core.PhotoKey

/**
 * A photo as the gallery lists it.
 *
 * [generation] changes whenever the photo does, as long as its volume's index has the same version.
 * [fileSignature] is computed from the file's size and time, which survive a new index.
 * [album] is the id of the [Album] that it is in. [timed] is false where MediaStore knows no time of
 * the camera's: then [takenAtMs] is when the photo came to the phone.
 */
data class GalleryPhoto(
    val key: PhotoKey,
    val generation: Long,
    val takenAtMs: Long,
    val fileSignature: Long,
    val album: String? = null,
    val timed: Boolean = true
)

/** A folder of photos, by MediaStore's id of it; empty if it is gone. [cover] is its newest photo. */
data class Album(val id: String, val name: String, val photos: Int, val cover: PhotoKey? = null)

/**
 * State of a mounted volume's index: while it stays, none of its photos comes, changes or goes.
 *
 * [generation] is null on Android 10, which does not report it.
 */
data class VolumeState(val volume: String, val version: String, val generation: Long?)
