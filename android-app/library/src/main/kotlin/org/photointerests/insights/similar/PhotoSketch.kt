package org.photointerests.insights.similar

import androidx.room.ColumnInfo
import androidx.room.Entity
import androidx.room.ForeignKey
import androidx.room.Index
import androidx.room.PrimaryKey
import org.photointerests.pipeline.index.MediaItem

/**
 * One bit for each stored feature of a photo, see [FeatureSketches]; [version] is that of the
 * features. It is an eighth of their size, and can be computed again at any time.
 */
@Entity(
    tableName = "photo_sketches",
    indices = [Index("version", "item")],
    foreignKeys = [
        ForeignKey(
            entity = MediaItem::class,
            parentColumns = ["item"],
            childColumns = ["item"],
            onDelete = ForeignKey.CASCADE
        )
    ]
)
class PhotoSketch(
    @PrimaryKey val item: Long,
    val version: Long,
    @ColumnInfo(typeAffinity = ColumnInfo.BLOB) val sketch: ByteArray
)

/** Features of a photo that has no sketch yet. */
class UnsketchedPhoto(
    val item: Long,
    val version: Long,
    @ColumnInfo(typeAffinity = ColumnInfo.BLOB) val features: ByteArray
)

/** The sketch of a photo. */
class ItemSketch(val item: Long, @ColumnInfo(typeAffinity = ColumnInfo.BLOB) val sketch: ByteArray)

/** Changes whenever the photos do that it counts. */
data class PhotoSetRevision(val photos: Int, @ColumnInfo(name = "item_sum") val itemSum: Long)
