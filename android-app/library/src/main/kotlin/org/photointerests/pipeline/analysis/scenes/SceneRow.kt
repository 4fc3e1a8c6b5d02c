package org.photointerests.pipeline.analysis.scenes

import androidx.room.ColumnInfo
import androidx.room.Entity
import androidx.room.ForeignKey
import androidx.room.Index
import androidx.room.PrimaryKey
import org.photointerests.pipeline.index.MediaItem

/**
 * The kind of place that a photo shows; a photo that shows none has no row.
 *
 * [scene] is the place in the card of the most probable scene and [probability] its own,
 * [sceneGroup] that of the most probable group. [indoor] is the probability of being taken indoors.
 * [version] is the id of the analyzer's version.
 */
@Entity(
    tableName = "scenes",
    // Searches count and find photos by these indices alone.
    indices = [
        Index("version", "scene", "probability", "item"),
        Index("version", "scene_group", "indoor", "item")
    ],
    foreignKeys = [
        ForeignKey(
            entity = MediaItem::class,
            parentColumns = ["item"],
            childColumns = ["item"],
            onDelete = ForeignKey.CASCADE
        )
    ]
)
class SceneRow(
    @PrimaryKey val item: Long,
    val version: Long,
    val scene: Int,
    val probability: Float,
    @ColumnInfo(name = "scene_group") val sceneGroup: Int,
    val indoor: Float
) {
    companion object {
        /** What a row takes up with its entries in both indices, as measured in a test. */
        const val BYTES = 85L
    }
}
