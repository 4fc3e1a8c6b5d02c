package org.photointerests.ui.photo

import android.content.ActivityNotFoundException
import android.content.Context
import android.content.Intent
import org.photointerests.core.PhotoKey

/** Opens a photo in the app that the user looks at photos with; false where there is none. */
internal fun Context.openInGallery(key: PhotoKey): Boolean = try {
    startActivity(
        Intent(Intent.ACTION_VIEW).setDataAndType(key.uri, "image/*")
            .addFlags(Intent.FLAG_GRANT_READ_URI_PERMISSION)
    )
    true
} catch (_: ActivityNotFoundException) {
    false
}
