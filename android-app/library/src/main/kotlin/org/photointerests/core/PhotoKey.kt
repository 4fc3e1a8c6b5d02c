package org.photointerests.core

import android.content.ContentUris
import android.net.Uri
import android.provider.MediaStore

/** Which photo: ids repeat between volumes, so both are needed. */
data class PhotoKey(val volume: String, val id: Long) {
    /** Where the platform serves it from. */
    val uri: Uri
        get() = ContentUris.withAppendedId(MediaStore.Images.Media.getContentUri(volume), id)
}
