package org.photointerests.store

import androidx.room.ColumnInfo
import androidx.room.Entity
import androidx.room.Index
import org.photointerests.gallery.PhotoKey
import org.photointerests.model.PhotoProblem

/**
 * What is kept of a photo: either its features or why there are none.
 *
 * [month] is that of [takenAtMs], counted from year 0. [extractor] says which extractor read it;
 * features of another one are never mixed in. [scan] is the scan that last met the photo.
 */
@Entity(
    tableName = "photos",
    primaryKeys = ["volume", "id"],
    indices = [Index("extractor", "month")]
)
class PhotoRow(
    val volume: String,
    val id: Long,
    val generation: Long,
    @ColumnInfo(name = "taken_at_ms") val takenAtMs: Long,
    val month: Int,
    val extractor: String,
    @ColumnInfo(typeAffinity = ColumnInfo.BLOB) val features: ByteArray?,
    val failure: PhotoProblem?,
    val scan: Long
)

/** A photo that was read before, to be compared with the gallery's. */
data class KnownPhoto(
    val volume: String,
    val id: Long,
    val generation: Long,
    val extractor: String
) {
    val key get() = PhotoKey(volume, id)
}

/** A photo with its features. */
class PhotoFeatures(
    val volume: String,
    val id: Long,
    @ColumnInfo(name = "taken_at_ms") val takenAtMs: Long,
    @ColumnInfo(typeAffinity = ColumnInfo.BLOB) val features: ByteArray
) {
    val key get() = PhotoKey(volume, id)
}

/** A photo that could not be read. */
data class FailedPhoto(val volume: String, val id: Long, val failure: PhotoProblem) {
    val key get() = PhotoKey(volume, id)
}

/** How many photos were read and how many could not be. */
data class StoreCounts(val read: Int, val failed: Int)

/** How many photos of a month were read. */
data class MonthCount(val month: Int, val photos: Int)
