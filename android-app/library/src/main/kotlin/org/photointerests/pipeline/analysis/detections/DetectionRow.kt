package org.photointerests.pipeline.analysis.detections

import androidx.room.Entity
import androidx.room.ForeignKey
import androidx.room.Index
import org.photointerests.pipeline.analysis.RowTarget
import org.photointerests.pipeline.index.MediaItem

/**
 * Something found on a photo, the [number]th of its analyzer (a detector, or one of species); a photo
 * without any has no row.
 *
 * [version] is the id of the analyzer's version, [label] the place of its label in the card, the rest
 * as in [Detection] and [Box].
 */
@Entity(
    tableName = "detections",
    primaryKeys = ["item", "version", "number"],
    // Searches count and find photos by this index alone.
    indices = [Index("version", "label", "item")],
    foreignKeys = [
        ForeignKey(
            entity = MediaItem::class,
            parentColumns = ["item"],
            childColumns = ["item"],
            onDelete = ForeignKey.CASCADE
        )
    ]
)
class DetectionRow(
    val item: Long,
    val version: Long,
    val number: Int,
    val label: Int,
    val score: Float,
    val left: Float,
    val top: Float,
    val width: Float,
    val height: Float
) {
    fun detection() = Detection(label, score, Box(left, top, width, height))

    companion object {
        /** What a row takes up with its entries in both indices, as measured in a test. */
        const val BYTES = 95L
    }
}

/** What an analyzer found on a photo, as its rows. */
internal fun List<Detection>.rowsFor(target: RowTarget) = mapIndexed { number, found ->
    val (left, top, width, height) = found.box
    DetectionRow(
        target.item,
        target.version,
        number,
        found.label,
        found.score,
        left,
        top,
        width,
        height
    )
}

/** How many things of one label are on a photo, and the share of it that the largest covers. */
class DetectedCount(val item: Long, val number: Int, val largest: Float)
