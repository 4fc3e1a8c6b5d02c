package org.photointerests.gallery

import android.Manifest.permission.ACCESS_MEDIA_LOCATION
import android.content.Context
import android.content.pm.PackageManager.PERMISSION_GRANTED
import android.os.Build
import android.provider.MediaStore
import androidx.annotation.RequiresApi
import androidx.exifinterface.media.ExifInterface
import java.io.IOException

/** Where a photo was taken, in degrees. */
data class PhotoPlace(val latitude: Double, val longitude: Double)

@RequiresApi(Build.VERSION_CODES.Q)
private fun PhotoKey.originalUri() = MediaStore.setRequireOriginal(uri)

/** Reads a photo's place from its file; it is shown, and stored nowhere. */
class PhotoPlaces(private val context: Context) {
    /** Null where the file tells none, or the user does not let the app see it. */
    fun place(key: PhotoKey): PhotoPlace? = try {
        context.contentResolver.openInputStream(original(key))?.use { file ->
            ExifInterface(file).latLong?.let { PhotoPlace(it[0], it[1]) }
        }
    } catch (_: IOException) {
        null
    } catch (_: SecurityException) {
        null
    }

    /** The system cuts places out of photos unless it is asked for the original. */
    private fun original(key: PhotoKey) = if (
        Build.VERSION.SDK_INT >= Build.VERSION_CODES.Q &&
        context.checkSelfPermission(ACCESS_MEDIA_LOCATION) == PERMISSION_GRANTED
    ) {
        key.originalUri()
    } else {
        key.uri
    }
}
