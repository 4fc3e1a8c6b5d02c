package org.photointerests.feedback

import androidx.room.Entity
import androidx.room.ForeignKey
import androidx.room.Index
import org.photointerests.pipeline.index.MediaItem

/**
 * That the user says of a photo that it does not show an interest: it counts for it no more.
 *
 * A changed photo is a new item, of which nothing was said yet.
 */
@Entity(
    tableName = "rejected_photos",
    primaryKeys = ["item", "category"],
    indices = [Index("category")],
    foreignKeys = [
        ForeignKey(
            entity = MediaItem::class,
            parentColumns = ["item"],
            childColumns = ["item"],
            onDelete = ForeignKey.CASCADE
        )
    ]
)
data class RejectedPhoto(val item: Long, val category: String)
