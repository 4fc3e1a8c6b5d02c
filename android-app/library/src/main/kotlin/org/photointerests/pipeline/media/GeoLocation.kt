package org.photointerests.pipeline.media

import android.Manifest.permission.ACCESS_MEDIA_LOCATION
import android.content.Context
import android.content.pm.PackageManager.PERMISSION_GRANTED
import android.os.Build
import android.provider.MediaStore
import androidx.annotation.RequiresApi
import androidx.exifinterface.media.ExifInterface
import java.io.IOException
import java.io.InputStream
import kotlin.math.abs
import org.photointerests.core.PhotoKey

private const val MAX_LATITUDE = 90.0
private const val MAX_LONGITUDE = 180.0

/** Where a photo was taken, in degrees. */
data class GeoLocation(val latitude: Double, val longitude: Double)

@RequiresApi(Build.VERSION_CODES.Q)
private fun PhotoKey.originalUri() = MediaStore.setRequireOriginal(uri)

/** False for what cameras without a fix write, and for nonsense. */
private fun GeoLocation.isOnEarth() = (latitude != 0.0 || longitude != 0.0) &&
    abs(latitude) <= MAX_LATITUDE && abs(longitude) <= MAX_LONGITUDE

/** Where positions of photos come from. */
interface PositionSource {
    /** Whether the user lets the app see positions. */
    fun isAllowed(): Boolean

    /** Null where the file has none; throws [IOException] where it cannot be read. */
    fun positionOf(key: PhotoKey): GeoLocation?
}

/** Reads a photo's position from its file; it is stored nowhere. */
class GeoLocations(private val context: Context) : PositionSource {
    /** Null where the file has none, cannot be read, or the user does not let the app see it. */
    fun locationOf(key: PhotoKey): GeoLocation? = try {
        positionOf(key)
    } catch (_: IOException) {
        null
    }

    override fun isAllowed() = Build.VERSION.SDK_INT < Build.VERSION_CODES.Q ||
        context.checkSelfPermission(ACCESS_MEDIA_LOCATION) == PERMISSION_GRANTED

    override fun positionOf(key: PhotoKey): GeoLocation? = try {
        context.contentResolver.openInputStream(original(key))?.use { it.position() }
    } catch (error: RuntimeException) {
        throw IOException("${key.uri} cannot be read", error)
    }

    /** Damaged metadata is as none. */
    private fun InputStream.position(): GeoLocation? = try {
        ExifInterface(this).latLong?.let { GeoLocation(it[0], it[1]) }?.takeIf { it.isOnEarth() }
    } catch (_: RuntimeException) {
        null
    } catch (_: OutOfMemoryError) {
        null // a tag claims to be larger than the memory
    }

    /** The system cuts places out of photos unless it is asked for the original. */
    private fun original(key: PhotoKey) = if (
        Build.VERSION.SDK_INT >= Build.VERSION_CODES.Q && isAllowed()
    ) {
        key.originalUri()
    } else {
        key.uri
    }
}
