package org.photointerests.pipeline.analysis.features

import androidx.room.ColumnInfo
import androidx.room.Entity
import androidx.room.ForeignKey
import androidx.room.Index
import androidx.room.PrimaryKey
import org.photointerests.core.PhotoKey
import org.photointerests.pipeline.index.MediaItem

/** The features of a photo, one byte each; [version] is the id of the analyzer's version. */
@Entity(
    tableName = "features",
    // Months are counted from this index alone, which spares them the features.
    indices = [Index("version", "month")],
    foreignKeys = [
        ForeignKey(
            entity = MediaItem::class,
            parentColumns = ["item"],
            childColumns = ["item"],
            onDelete = ForeignKey.CASCADE
        )
    ]
)
class FeatureRow(
    @PrimaryKey val item: Long,
    val version: Long,
    val month: Int,
    @ColumnInfo(typeAffinity = ColumnInfo.BLOB) val features: ByteArray
)

/** When a photo was taken; where it is not [timed], when it came to the phone. */
class PhotoTime(
    val item: Long,
    @ColumnInfo(name = "taken_at_ms") val takenAtMs: Long,
    val timed: Boolean
)

/** The features of a photo, and which photo it is. */
class PhotoFeatures(
    val item: Long,
    val volume: String,
    @ColumnInfo(name = "media_id") val mediaId: Long,
    @ColumnInfo(name = "taken_at_ms") val takenAtMs: Long,
    @ColumnInfo(name = "utc_offset_s") val utcOffsetS: Int?,
    @ColumnInfo(typeAffinity = ColumnInfo.BLOB) val features: ByteArray
) {
    val key get() = PhotoKey(volume, mediaId)
}
