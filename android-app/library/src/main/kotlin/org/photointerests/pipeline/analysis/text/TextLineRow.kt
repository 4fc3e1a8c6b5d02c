package org.photointerests.pipeline.analysis.text

import androidx.room.Entity
import androidx.room.ForeignKey
import androidx.room.Index
import org.photointerests.pipeline.analysis.detections.Box
import org.photointerests.pipeline.index.MediaItem

/**
 * The [number]th line of text on a photo; a photo without any has no row.
 *
 * [version] is the id of the analyzer's version, the rest as in [TextLine]. What searches find it by
 * is a document of the photo's own.
 */
@Entity(
    tableName = "text_lines",
    primaryKeys = ["item", "number"],
    indices = [Index("version")],
    foreignKeys = [
        ForeignKey(
            entity = MediaItem::class,
            parentColumns = ["item"],
            childColumns = ["item"],
            onDelete = ForeignKey.CASCADE
        )
    ]
)
class TextLineRow(
    val item: Long,
    val version: Long,
    val number: Int,
    val text: String,
    val score: Float,
    val left: Float,
    val top: Float,
    val width: Float,
    val height: Float
) {
    fun line() = TextLine(text, score, Box(left, top, width, height))

    companion object {
        /** What a line of a receipt takes up with its share of the search, as measured in a test. */
        const val BYTES = 180L
    }
}
