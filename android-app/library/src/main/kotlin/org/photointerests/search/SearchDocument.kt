package org.photointerests.search

import androidx.room.ColumnInfo
import androidx.room.Entity
import androidx.room.ForeignKey
import androidx.room.Fts4
import androidx.room.FtsOptions
import androidx.room.Index
import androidx.room.PrimaryKey
import org.photointerests.pipeline.index.MediaItem

/**
 * Words that photos are found by.
 *
 * A document of a [SearchSource] stands for several photos: [source] and [reference] name it, and
 * [label] is its name where the card has none. A document with an [item] is of that photo alone: an
 * analyzer writes what it read on it, and it is deleted with the photo. [text] is folded, see
 * [folded].
 */
@Entity(
    tableName = "search_documents",
    indices = [Index("source", "reference"), Index("item")],
    foreignKeys = [
        ForeignKey(
            entity = MediaItem::class,
            parentColumns = ["item"],
            childColumns = ["item"],
            onDelete = ForeignKey.CASCADE
        )
    ]
)
class SearchDocument(
    @PrimaryKey val id: Long?,
    val source: String,
    val reference: String,
    val item: Long?,
    val label: String,
    val text: String
)

/** The full-text index over [SearchDocument.text]. */
@Entity(tableName = "search_texts")
@Fts4(
    contentEntity = SearchDocument::class,
    tokenizer = FtsOptions.TOKENIZER_UNICODE61,
    tokenizerArgs = ["remove_diacritics=1"],
    prefix = [1, 2, 3]
)
class SearchText(val text: String)

/** What the user searched for. */
@Entity(tableName = "recent_searches")
class RecentSearch(
    @PrimaryKey val query: String,
    @ColumnInfo(name = "searched_at_ms") val searchedAtMs: Long
)
