package org.photointerests.pipeline.media

import java.io.IOException
import java.io.InputStream
import kotlinx.coroutines.flow.Flow
import org.photointerests.core.PhotoKey

/** The gallery did not answer; its photos may well be there. */
class GalleryException(message: String, cause: Throwable? = null) : IOException(message, cause)

/** The photos of this phone, as far as the user lets the app see them. */
interface PhotoSource {
    /** What the user allows now; never cached, since it can be revoked at any time. */
    fun access(): PhotoAccess

    /**
     * How many photos there are outside of some albums; 0 without access.
     *
     * Throws [GalleryException], as [pages] and [albums] do.
     */
    suspend fun count(excludedAlbums: List<String> = emptyList()): Int

    /** All albums, by name; none without access. */
    suspend fun albums(): List<Album>

    /** State of each mounted volume's index; null before Android 10, which does not report it. */
    suspend fun volumes(): List<VolumeState>?

    /**
     * All photos outside of some albums, newest first, in pages of at most [pageSize].
     *
     * There are none without access.
     */
    fun pages(pageSize: Int, excludedAlbums: List<String> = emptyList()): Flow<List<GalleryPhoto>>

    /** Emits, from the time of collection on, whenever photos come, change or go. */
    fun changes(): Flow<Unit>

    /** Opens a photo's file; throws [java.io.IOException] where it is gone. */
    fun open(key: PhotoKey): InputStream
}
