package org.photointerests.gallery

import android.content.ContentUris
import android.net.Uri
import android.provider.MediaStore

/** Which photo: ids repeat between volumes, so both are needed. */
data class PhotoKey(val volume: String, val id: Long) {
    /** Where the platform serves it from. */
    val uri: Uri
        get() = ContentUris.withAppendedId(MediaStore.Images.Media.getContentUri(volume), id)
}

/**
 * A photo as the gallery lists it.
 *
 * [generation] changes whenever the photo does, as long as its volume's index has the same version.
 * [stamp] is made of the file's size and time, which survive a new index.
 * [album] is the id of the [Album] that it is in.
 */
data class GalleryPhoto(
    val key: PhotoKey,
    val generation: Long,
    val takenAtMs: Long,
    val stamp: Long,
    val album: String? = null
)

/** A folder of photos, by MediaStore's id of it; empty if it is gone. */
data class Album(val id: String, val name: String, val photos: Int)

/** What a volume's index is at: while both stay, none of its photos comes, changes or goes. */
data class VolumeState(val volume: String, val version: String, val generation: Long)
