package org.photointerests.pipeline.media

import android.Manifest.permission.ACCESS_MEDIA_LOCATION
import android.app.Application
import android.provider.MediaStore
import androidx.exifinterface.media.ExifInterface
import androidx.test.core.app.ApplicationProvider
import java.io.ByteArrayInputStream
import java.io.File
import java.io.IOException
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.core.PhotoKey
import org.photointerests.support.AppTestRunner
import org.photointerests.support.drawnJpeg
import org.robolectric.Shadows.shadowOf

private val KEY = PhotoKey("external_primary", 7)

/** Positions in real files, by the rule of Python. */
@RunWith(AppTestRunner::class)
class GeoLocationsTest {
    private val application = ApplicationProvider.getApplicationContext<Application>()
    private val locations = GeoLocations(application)

    @Before
    fun allow() = shadowOf(application).grantPermissions(ACCESS_MEDIA_LOCATION)

    @Test
    fun position_isReadFromTheOriginal() {
        file { setLatLong(-33.9628, 18.4098) }
        val position = checkNotNull(locations.positionOf(KEY))
        assertEquals(-33.9628, position.latitude, 1e-4)
        assertEquals(18.4098, position.longitude, 1e-4)
        assertEquals(position, locations.locationOf(KEY))
    }

    @Test
    fun noPosition_zeroAndNonsense_areNone() {
        file {}
        assertNull(locations.positionOf(KEY))
        file { setLatLong(0.0, 0.0) }
        assertNull(locations.positionOf(KEY))
        file {
            setAttribute(ExifInterface.TAG_GPS_LATITUDE, "95/1,0/1,0/1")
            setAttribute(ExifInterface.TAG_GPS_LATITUDE_REF, "N")
            setAttribute(ExifInterface.TAG_GPS_LONGITUDE, "10/1,0/1,0/1")
            setAttribute(ExifInterface.TAG_GPS_LONGITUDE_REF, "E")
        }
        assertNull(locations.positionOf(KEY))
    }

    @Test
    fun fileThatCannotBeRead_isNoPhotoWithoutPosition() {
        shadowOf(application.contentResolver).registerInputStreamSupplier(original()) {
            throw SecurityException("not for you")
        }
        assertThrows(IOException::class.java) { locations.positionOf(KEY) }
        assertNull(locations.locationOf(KEY))
    }

    @Test
    fun permission_isNeeded() {
        assertTrue(locations.isAllowed())
        shadowOf(application).denyPermissions(ACCESS_MEDIA_LOCATION)
        assertFalse(locations.isAllowed())
    }

    private fun original() = MediaStore.setRequireOriginal(KEY.uri)

    /** The photo's file, as the user's camera wrote it. */
    private fun file(change: ExifInterface.() -> Unit) {
        val file = File.createTempFile("located", ".jpg")
        file.writeBytes(drawnJpeg(1))
        ExifInterface(file).apply(change).saveAttributes()
        val content = file.readBytes().also { file.delete() }
        shadowOf(application.contentResolver).registerInputStreamSupplier(original()) {
            ByteArrayInputStream(content)
        }
    }
}
