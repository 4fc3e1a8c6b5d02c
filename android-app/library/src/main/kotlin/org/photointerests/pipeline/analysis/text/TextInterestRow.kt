package org.photointerests.pipeline.analysis.text

import androidx.room.Entity
import androidx.room.ForeignKey
import androidx.room.Index
import org.photointerests.core.PhotoKey
import org.photointerests.pipeline.index.MediaItem

/** That a [word] on a photo names an interest; [version] is the id of the analyzer's version. */
@Entity(
    tableName = "text_interests",
    primaryKeys = ["item", "interest", "word"],
    indices = [Index("interest", "version")],
    foreignKeys = [
        ForeignKey(
            entity = MediaItem::class,
            parentColumns = ["item"],
            childColumns = ["item"],
            onDelete = ForeignKey.CASCADE
        )
    ]
)
class TextInterestRow(val item: Long, val interest: String, val word: String, val version: Long)

/** Words that name an interest, each once, and the photos on which they stand, the newest first. */
data class TextMentions(val words: List<String>, val photos: List<PhotoKey>)
