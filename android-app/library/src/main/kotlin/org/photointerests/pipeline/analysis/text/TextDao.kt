package org.photointerests.pipeline.analysis.text

import androidx.room.Dao
import androidx.room.Insert
import androidx.room.Query
import androidx.room.Transaction
import kotlinx.coroutines.flow.Flow
import org.photointerests.pipeline.index.HIDDEN_ITEMS
import org.photointerests.search.DatedPhoto

private const val VERSION =
    "(SELECT id FROM analyzer_versions WHERE analyzer = 'text' AND version = :version)"
private const val MENTIONS =
    "interest = :interest AND version = $VERSION AND item NOT IN ($HIDDEN_ITEMS)"

/** Reads and writes the text of photos; that of other versions is never mixed in. */
@Dao
interface TextDao {
    /** Puts what is written on a photo in the place of that of another version. */
    @Transaction
    suspend fun replace(item: Long, lines: List<TextLineRow>, interests: List<TextInterestRow>) {
        deleteLines(item)
        deleteInterests(item)
        insertLines(lines)
        insertInterests(interests)
    }

    @Insert
    suspend fun insertLines(lines: List<TextLineRow>)

    @Insert
    suspend fun insertInterests(interests: List<TextInterestRow>)

    @Query("DELETE FROM text_lines WHERE item = :item")
    suspend fun deleteLines(item: Long)

    @Query("DELETE FROM text_interests WHERE item = :item")
    suspend fun deleteInterests(item: Long)

    @Transaction
    suspend fun deleteAll() {
        deleteLines()
        deleteInterests()
    }

    @Query("DELETE FROM text_lines")
    suspend fun deleteLines()

    @Query("DELETE FROM text_interests")
    suspend fun deleteInterests()

    @Query("SELECT count(*) FROM text_lines")
    fun count(): Flow<Int>

    @Query(
        "SELECT t.* FROM text_lines t JOIN media_items m ON m.item = t.item " +
            "WHERE m.volume = :volume AND m.media_id = :mediaId AND t.version = $VERSION " +
            "ORDER BY t.number"
    )
    suspend fun ofPhoto(version: String, volume: String, mediaId: Long): List<TextLineRow>

    /** Words that name an interest, on most photos first. */
    @Query(
        "SELECT word FROM text_interests WHERE $MENTIONS GROUP BY word " +
            "ORDER BY count(*) DESC, word"
    )
    suspend fun words(version: String, interest: String): List<String>

    /** Photos on which these words stand, the newest first. */
    @Query(
        "SELECT item, volume, media_id, taken_at_ms FROM media_items WHERE item IN " +
            "(SELECT item FROM text_interests WHERE $MENTIONS) " +
            "ORDER BY taken_at_ms DESC, item DESC"
    )
    suspend fun photos(version: String, interest: String): List<DatedPhoto>
}
