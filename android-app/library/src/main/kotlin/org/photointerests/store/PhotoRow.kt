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
 * features of another one are never mixed in. [generation] and [stamp] are the gallery's, and
 * so is [album], which is null for photos in none and for those read before version 3.
 */
@Entity(
    tableName = "photos",
    primaryKeys = ["volume", "id"],
    // Counts read nothing but this index, which spares them the features.
    indices = [Index("extractor", "month", "failure")]
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
    @ColumnInfo(defaultValue = "0") val stamp: Long,
    val album: String? = null
)

/** A photo that was read before, to be compared with the gallery's. */
class KnownPhoto(val id: Long, val generation: Long, val stamp: Long)

/** A photo with its features; [row] is its place in the table. */
class PhotoFeatures(
    val row: Long,
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
