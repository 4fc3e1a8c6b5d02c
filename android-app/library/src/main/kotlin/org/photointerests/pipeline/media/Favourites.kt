package org.photointerests.pipeline.media

import android.content.Context
import android.os.Build
import android.provider.MediaStore.MediaColumns
import org.photointerests.core.PhotoKey

/** Which photos the user marked as favourites in the gallery; nothing of it is stored. */
class Favourites(private val context: Context) {
    /** Null where Android does not say, before 11, or where the photo is gone. */
    fun isFavourite(key: PhotoKey): Boolean? {
        if (Build.VERSION.SDK_INT < Build.VERSION_CODES.R) return null
        val columns = arrayOf(MediaColumns.IS_FAVORITE)
        return try {
            context.contentResolver.query(key.uri, columns, null, null, null)
                ?.use { if (it.moveToFirst()) it.getInt(0) == 1 else null }
        } catch (_: RuntimeException) {
            null // the gallery does not answer, or access was revoked
        }
    }
}
