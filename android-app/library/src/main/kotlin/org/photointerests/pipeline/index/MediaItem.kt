package org.photointerests.pipeline.index

import androidx.room.ColumnInfo
import androidx.room.Entity
import androidx.room.Index
import androidx.room.PrimaryKey
import org.photointerests.core.PhotoKey

/**
 * A photo of the gallery as it was when it was last analysed; a changed photo is a new item.
 *
 * [volume] and [mediaId] are MediaStore's. [generation] and [fileSignature] show whether the photo has
 * changed since. [month] is the month of [takenAtMs], counted from year 0, by the time zone that
 * [utcOffsetS] (in seconds) records; it is null for photos that were read before version 4.
 * [album] is null for photos in none. [timed] is false where no camera recorded a time: then
 * [takenAtMs] is when the photo came to the phone.
 *
 * No [item] is used twice: the state of a month would take a new photo for one that is gone.
 */
@Entity(
    tableName = "media_items",
    indices = [Index("volume", "media_id", unique = true), Index("taken_at_ms"), Index("album")]
)
class MediaItem(
    @PrimaryKey(autoGenerate = true) val item: Long?,
    val volume: String,
    @ColumnInfo(name = "media_id") val mediaId: Long,
    val generation: Long,
    @ColumnInfo(name = "file_signature") val fileSignature: Long,
    @ColumnInfo(name = "taken_at_ms") val takenAtMs: Long,
    @ColumnInfo(name = "utc_offset_s") val utcOffsetS: Int?,
    val month: Int,
    val album: String? = null,
    @ColumnInfo(defaultValue = "1") val timed: Boolean = true
) {
    val key get() = PhotoKey(volume, mediaId)
}

/** A volume whose photos are kept though it is not mounted: they are not shown meanwhile. */
@Entity(tableName = "hidden_volumes")
data class HiddenVolume(@PrimaryKey val volume: String)

/** What a scan compares with the gallery; [settled] counts the analyzers that are done with it. */
class KnownItem(
    val item: Long,
    @ColumnInfo(name = "media_id") val mediaId: Long,
    val generation: Long,
    @ColumnInfo(name = "file_signature") val fileSignature: Long,
    val settled: Int
)

/** A photo that could not be analysed. */
data class FailedPhoto(
    val volume: String,
    @ColumnInfo(name = "media_id") val mediaId: Long,
    val reason: String?
) {
    val key get() = PhotoKey(volume, mediaId)
    val problem get() = photoProblemOf(reason)
}

/** How many photos were analysed, and how many could not be. */
data class StoreCounts(val read: Int, val failed: Int)
