package org.photointerests.pipeline.media

import android.Manifest.permission.READ_MEDIA_IMAGES
import android.Manifest.permission.READ_MEDIA_VISUAL_USER_SELECTED
import android.app.Application
import android.os.Environment.MEDIA_MOUNTED
import android.os.Process
import android.os.storage.StorageManager
import android.provider.MediaStore
import androidx.test.core.app.ApplicationProvider
import app.cash.turbine.test
import java.io.FileNotFoundException
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.test.runTest
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.core.PhotoKey
import org.photointerests.support.AppTestRunner
import org.photointerests.support.FakeMediaProvider
import org.robolectric.Robolectric
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadows.StorageVolumeBuilder

@RunWith(AppTestRunner::class)
class MediaStorePhotoSourceTest {
    private val application = ApplicationProvider.getApplicationContext<Application>()
    private val media =
        Robolectric.setupContentProvider(FakeMediaProvider::class.java, MediaStore.AUTHORITY)
    private val source = MediaStorePhotoSource(application)

    @Test
    fun access_followsWhatTheUserAllows() {
        assertEquals(PhotoAccess.DENIED, source.access())
        allow(READ_MEDIA_VISUAL_USER_SELECTED)
        assertEquals(PhotoAccess.PARTIAL, source.access())
        allow(READ_MEDIA_IMAGES)
        assertEquals(PhotoAccess.FULL, source.access())
    }

    @Test
    fun pages_severalVolumes_areNewestFirstWithoutRepeats() = runTest {
        allow(READ_MEDIA_IMAGES)
        repeat(7) { media.add(id = it.toLong(), addedAtS = 100L + it / 3, takenAtMs = it * 1000L) }
        media.add(id = 3, addedAtS = 500, takenAtMs = 1, volume = "1234-5678")
        val pages = source.pages(pageSize = 3).toList()
        assertEquals(listOf(3, 3, 2), pages.map { it.size })
        val photos = pages.flatten()
        assertEquals(listOf<Long>(3, 6, 5, 4, 3, 2, 1, 0), photos.map { it.key.id })
        assertEquals("1234-5678", photos.first().key.volume)
        assertEquals(8, photos.map { it.key }.distinct().size)
        assertEquals(8, source.count())
    }

    @Test
    fun pages_excludedAlbums_areLeftOut() = runTest {
        allow(READ_MEDIA_IMAGES)
        repeat(6) {
            media.add(it.toLong(), addedAtS = 100, takenAtMs = 1, album = "${"ab"[it % 2]}")
        }
        media.add(id = 9, addedAtS = 100, takenAtMs = 1, album = null)
        val photos = source.pages(pageSize = 2, excludedAlbums = listOf("a", "z")).toList()
        assertEquals(listOf<Long>(9, 5, 3, 1), photos.flatten().map { it.key.id })
        assertEquals(listOf(null, "b", "b", "b"), photos.flatten().map { it.album })
        assertEquals(4, source.count(listOf("a", "z")))
        assertEquals(7, source.count())
    }

    @Test
    fun albums_areCountedByName_withTheirNewestPhoto() = runTest {
        assertEquals(emptyList<Album>(), source.albums())
        allow(READ_MEDIA_IMAGES)
        for ((id, album) in listOf("shots", "camera", null, "shots").withIndex()) {
            media.add(id.toLong(), addedAtS = 100, takenAtMs = 1, album = album)
        }
        fun cover(id: Long) = PhotoKey("external_primary", id)
        val expected =
            listOf(Album("camera", "CAMERA", 1, cover(1)), Album("shots", "SHOTS", 2, cover(3)))
        assertEquals(expected, source.albums())
    }

    @Test
    fun pages_photoThatNobodyTook_hasTheTimeItCame() = runTest {
        allow(READ_MEDIA_IMAGES)
        media.add(id = 1, addedAtS = 77, takenAtMs = null)
        val photo = source.pages(10).toList().single().single()
        assertEquals(77_000L, photo.takenAtMs)
        assertFalse(photo.timed)
    }

    @Test
    fun pages_dateThatCannotBe_isTheTimeThePhotoCame() = runTest {
        allow(READ_MEDIA_IMAGES)
        val added = 1_700_000_000L
        val seconds = 1_699_999_999L
        val year2100 = 4_102_444_800_000L
        for ((id, taken) in listOf(0, -1, seconds, year2100, Long.MAX_VALUE).withIndex()) {
            media.add(id.toLong(), added, taken)
        }
        media.add(id = 9, addedAtS = added, takenAtMs = added * 1000 - 5)
        val taken = source.pages(10).toList().flatten().associate { it.key.id to it.takenAtMs }
        assertEquals(List(5) { added * 1000 }, (0L..4L).map(taken::getValue))
        assertEquals(added * 1000 - 5, taken[9])
    }

    @Test
    fun pages_android11_askForNoMoreRowsThanAPageHas() = runTest {
        allow(READ_MEDIA_IMAGES)
        repeat(7) { media.add(id = it.toLong(), addedAtS = it.toLong(), takenAtMs = null) }
        assertEquals(listOf(3, 3, 1), source.pages(pageSize = 3).toList().map { it.size })
        assertEquals(listOf(3, 3, 1), media.answers)
    }

    @Test
    fun pages_moreExcludedAlbumsThanAQueryTakes_areLeftOut() = runTest {
        allow(READ_MEDIA_IMAGES)
        repeat(1500) { media.add(it.toLong(), addedAtS = 100, takenAtMs = 1, album = "$it") }
        media.add(id = 2000, addedAtS = 100, takenAtMs = 1, album = null)
        val excluded = List(1499) { "$it" }
        val photos = source.pages(pageSize = 400, excluded).toList().flatten()
        assertEquals(listOf<Long>(2000, 1499), photos.map { it.key.id })
        assertEquals(2, source.count(excluded))
    }

    @Test
    fun pages_photoThatComesMeanwhile_shiftsNoOther() = runTest {
        allow(READ_MEDIA_IMAGES)
        repeat(4) { media.add(id = it.toLong(), addedAtS = it.toLong(), takenAtMs = null) }
        var queries = 0
        media.onQuery = { if (++queries == 2) media.add(id = 99, addedAtS = 99, takenAtMs = null) }
        val ids = source.pages(pageSize = 2).toList().flatten().map { it.key.id }
        assertEquals(listOf<Long>(3, 2, 1, 0), ids)
    }

    @Test
    fun pages_withoutAccess_areNone() = runTest {
        media.add(id = 1, addedAtS = 1, takenAtMs = 1)
        assertEquals(emptyList<Any>(), source.pages(10).toList())
        assertEquals(0, source.count())
    }

    @Test
    fun pages_accessRevokedMeanwhile_endQuietly() = runTest {
        allow(READ_MEDIA_IMAGES)
        media.onQuery = {
            shadowOf(application).denyPermissions(READ_MEDIA_IMAGES)
            throw SecurityException("revoked")
        }
        assertEquals(emptyList<Any>(), source.pages(10).toList())
    }

    @Test
    fun pages_accessRevokedAtALaterPage_endAfterThoseThatWereRead() = runTest {
        allow(READ_MEDIA_IMAGES)
        repeat(4) { media.add(id = it.toLong(), addedAtS = it.toLong(), takenAtMs = null) }
        var queries = 0
        media.onQuery = {
            if (++queries == 3) {
                shadowOf(application).denyPermissions(READ_MEDIA_IMAGES)
                throw SecurityException("revoked")
            }
        }
        val ids = source.pages(pageSize = 1).toList().flatten().map { it.key.id }
        assertEquals(listOf<Long>(3, 2), ids)
    }

    @Test
    fun pages_mediaStoreFails_isNoEmptyGallery() = runTest {
        allow(READ_MEDIA_IMAGES)
        media.mute = true
        assertFails { source.pages(10).toList() }
        assertFails { source.count() }
        media.mute = false
        for (error in listOf(SecurityException("odd"), IllegalStateException("full disk"))) {
            media.onQuery = { throw error }
            assertFails { source.pages(10).toList() }
        }
    }

    @Test
    fun pages_mediaStoreBreaksOff_isNoEndOfTheGallery() = runTest {
        allow(READ_MEDIA_IMAGES)
        repeat(3) { media.add(id = it.toLong(), addedAtS = it.toLong(), takenAtMs = null) }
        media.breaksOffAfter = 2
        assertFails { source.pages(10).toList() }
    }

    private suspend fun assertFails(action: suspend () -> Unit) {
        val error = runCatching { action() }.exceptionOrNull()
        assertTrue("$error", error is GalleryException)
    }

    @Test
    fun changes_galleryChanges_tells() = runTest {
        source.changes().test {
            application.contentResolver
                .notifyChange(MediaStore.Images.Media.getContentUri("external"), null)
            awaitItem()
        }
    }

    @Test
    fun volumes_everyOneThatIsIn_hasVersionAndGeneration() = runTest {
        val storage = shadowOf(application.getSystemService(StorageManager::class.java))
        val folder = application.filesDir
        val inside = StorageVolumeBuilder("0", folder, "", Process.myUserHandle(), MEDIA_MOUNTED)
        storage.addStorageVolume(inside.setIsPrimary(true).build())
        val name = "external_primary"
        assertEquals(listOf(VolumeState(name, "v $name", 7)), source.volumes())
    }

    @Test
    fun open_photoThatIsGone_saysSo() {
        assertThrows(FileNotFoundException::class.java) {
            source.open(PhotoKey("external_primary", 5))
        }
    }

    private fun allow(permission: String) = shadowOf(application).grantPermissions(permission)
}
