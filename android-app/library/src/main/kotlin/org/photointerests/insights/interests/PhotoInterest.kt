package org.photointerests.insights.interests

import androidx.room.ColumnInfo
import androidx.room.Entity
import androidx.room.ForeignKey
import androidx.room.Index
import org.photointerests.core.PhotoKey
import org.photointerests.pipeline.index.MediaItem

/**
 * That a photo shows an interest, or nearly does: [interest] is its place in the card's list.
 *
 * It is written with the [MonthState] of the photo's month, and of the same models.
 */
@Entity(
    tableName = "photo_interests",
    primaryKeys = ["item", "interest"],
    // Counts, and the clearest photos of an interest, come from this index alone.
    indices = [Index("interest", "month", "probability", "item")],
    foreignKeys = [
        ForeignKey(
            entity = MediaItem::class,
            parentColumns = ["item"],
            childColumns = ["item"],
            onDelete = ForeignKey.CASCADE
        )
    ]
)
class PhotoInterest(val item: Long, val interest: Int, val month: Int, val probability: Float)

/**
 * That a photo shows a kind: [kind] is its place in the card's list, or [LOOKED_AT], which each photo
 * has whose kinds are known. They go when the photo's month is read again.
 */
@Entity(
    tableName = "photo_kinds",
    primaryKeys = ["item", "kind"],
    indices = [Index("kind", "month", "item")],
    foreignKeys = [
        ForeignKey(
            entity = MediaItem::class,
            parentColumns = ["item"],
            childColumns = ["item"],
            onDelete = ForeignKey.CASCADE
        )
    ]
)
class PhotoKind(val item: Long, val kind: Int, val month: Int) {
    companion object {
        const val LOOKED_AT = -1
    }
}

/** How many photos of a month show an interest. */
class MonthCount(val interest: Int, val month: Int, val photos: Int)

/** The photo of a month that shows an interest most clearly. */
class ClearestPhoto(
    val interest: Int,
    val month: Int,
    val volume: String,
    @ColumnInfo(name = "media_id") val mediaId: Long
) {
    val key get() = PhotoKey(volume, mediaId)
}

/** A photo that shows an interest. */
class InterestPhoto(val volume: String, @ColumnInfo(name = "media_id") val mediaId: Long) {
    val key get() = PhotoKey(volume, mediaId)
}
