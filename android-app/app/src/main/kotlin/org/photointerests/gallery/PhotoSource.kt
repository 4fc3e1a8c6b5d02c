package org.photointerests.gallery

import java.io.InputStream
import kotlinx.coroutines.flow.Flow

/** The photos of this phone, as far as the user lets the app see them. */
interface PhotoSource {
    /** What the user allows now; never cached, since it can be revoked at any time. */
    fun access(): PhotoAccess

    /** How many photos there are; 0 without access. */
    suspend fun count(): Int

    /** All photos, newest first, in pages of at most [pageSize]; none without access. */
    fun pages(pageSize: Int): Flow<List<GalleryPhoto>>

    /** Tells, from the time of collection on, whenever photos come, change or go. */
    fun changes(): Flow<Unit>

    /** Opens a photo's file; throws [java.io.IOException] where it is gone. */
    fun open(key: PhotoKey): InputStream
}
