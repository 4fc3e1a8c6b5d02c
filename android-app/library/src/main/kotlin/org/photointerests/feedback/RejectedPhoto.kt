package org.photointerests.feedback

import androidx.room.Entity
import androidx.room.ForeignKey
import androidx.room.Index
import org.photointerests.pipeline.index.MediaItem

/**
 * A photo that the user has removed from an interest: it counts for it no more.
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
