package org.photointerests.pipeline.media

import android.Manifest.permission.ACCESS_MEDIA_LOCATION
import android.content.Context
import android.content.pm.PackageManager.PERMISSION_GRANTED
import android.os.Build
import android.provider.MediaStore
import androidx.annotation.RequiresApi
import androidx.exifinterface.media.ExifInterface
import java.io.IOException
import org.photointerests.core.PhotoKey

/** Where a photo was taken, in degrees. */
data class GeoLocation(val latitude: Double, val longitude: Double)

@RequiresApi(Build.VERSION_CODES.Q)
private fun PhotoKey.originalUri() = MediaStore.setRequireOriginal(uri)

/** Reads a photo's place from its file; it is shown, and stored nowhere. */
class GeoLocations(private val context: Context) {
    /** Whether the user lets the app see places; before Android 10 there was nothing to ask for. */
    val areAllowed: Boolean
        get() = Build.VERSION.SDK_INT < Build.VERSION_CODES.Q ||
            context.checkSelfPermission(ACCESS_MEDIA_LOCATION) == PERMISSION_GRANTED

    /** Null where the file has none, or the user does not let the app see it. */
    fun locationOf(key: PhotoKey): GeoLocation? = try {
        context.contentResolver.openInputStream(original(key))?.use { file ->
            ExifInterface(file).latLong?.let { GeoLocation(it[0], it[1]) }
        }
    } catch (_: IOException) {
        null
    } catch (_: RuntimeException) {
        null
    } catch (_: OutOfMemoryError) {
        null // a tag claims to be larger than the memory
    }

    /** The system cuts places out of photos unless it is asked for the original. */
    private fun original(key: PhotoKey) = if (
        Build.VERSION.SDK_INT >= Build.VERSION_CODES.Q && areAllowed
    ) {
        key.originalUri()
    } else {
        key.uri
    }
}
