package org.photointerests.search

import androidx.room.ColumnInfo
import androidx.room.Dao
import androidx.room.Insert
import androidx.room.OnConflictStrategy
import androidx.room.Query
import androidx.room.Transaction
import kotlinx.coroutines.flow.Flow
import org.photointerests.core.PhotoKey
import org.photointerests.insights.interests.READ_MONTHS
import org.photointerests.pipeline.analysis.features.FEATURES_VERSION
import org.photointerests.pipeline.index.HIDDEN_ITEMS

private const val PHOTO = "SELECT item, volume, media_id, taken_at_ms FROM media_items"

/** A document that matches a word. */
class MatchedDocument(
    val id: Long,
    val source: String,
    val reference: String,
    val label: String,
    val text: String
)

/** That a photo is one of those that a [reference] of a source stands for. */
class ReferenceItem(val reference: String, val item: Long)

/** How many photos a [reference] of a source stands for. */
class ReferenceCount(val reference: String, val photos: Int)

/** A photo and its place in time. */
class DatedPhoto(
    val item: Long,
    val volume: String,
    @ColumnInfo(name = "media_id") val mediaId: Long,
    @ColumnInfo(name = "taken_at_ms") val takenAtMs: Long
) {
    val key get() = PhotoKey(volume, mediaId)
}

/** Reads and writes documents, and the photos that they stand for. */
@Dao
interface SearchDao {
    /** Keeps the words that an analyzer found on a photo, in the place of those before. */
    @Transaction
    suspend fun put(source: String, item: Long, text: String) {
        delete(source, item)
        insert(listOf(SearchDocument(null, source, "", item, "", text.folded())))
    }

    @Insert(onConflict = OnConflictStrategy.REPLACE)
    suspend fun insert(documents: List<SearchDocument>)

    @Query("DELETE FROM search_documents WHERE source = :source AND item = :item")
    suspend fun delete(source: String, item: Long)

    /** Deletes what an analyzer found on all photos. */
    @Query("DELETE FROM search_documents WHERE source = :source AND item IS NOT NULL")
    suspend fun deleteOfPhotos(source: String)

    /** Deletes what stands for several photos, and is brought again by a source. */
    @Query("DELETE FROM search_documents WHERE source = :source AND item IS NULL")
    suspend fun deleteOfSource(source: String)

    @Query("DELETE FROM search_documents WHERE id IN (:ids)")
    suspend fun delete(ids: List<Long>)

    /** The documents of a source that stand for several photos. */
    @Query("SELECT * FROM search_documents WHERE source = :source AND item IS NULL")
    suspend fun documents(source: String): List<SearchDocument>

    /** At most [limit] documents with an FTS4 query; those of one photo are not among them. */
    @Query(
        "SELECT d.id, d.source, d.reference, d.label, d.text FROM search_texts t " +
            "JOIN search_documents d ON d.id = t.docid " +
            "WHERE search_texts MATCH :match AND d.item IS NULL LIMIT :limit"
    )
    suspend fun matches(match: String, limit: Int): List<MatchedDocument>

    /** Photos that have a document of their own with an FTS4 query. */
    @Query(
        "SELECT d.item FROM search_texts t JOIN search_documents d ON d.id = t.docid " +
            "WHERE search_texts MATCH :match AND d.item IS NOT NULL " +
            "AND d.item NOT IN ($HIDDEN_ITEMS)"
    )
    suspend fun matchedItems(match: String): List<Long>

    @Query(
        "SELECT interest AS reference, item FROM photo_interests WHERE interest IN (:interests) " +
            "AND probability >= :least AND month IN ($READ_MONTHS) AND item NOT IN ($HIDDEN_ITEMS)"
    )
    suspend fun ofInterests(models: String, interests: List<Int>, least: Float): List<ReferenceItem>

    @Query(
        "SELECT kind AS reference, item FROM photo_kinds WHERE kind IN (:kinds) " +
            "AND month IN ($READ_MONTHS) AND item NOT IN ($HIDDEN_ITEMS)"
    )
    suspend fun ofKinds(models: String, kinds: List<Int>): List<ReferenceItem>

    @Query(
        "SELECT month AS reference, item FROM features WHERE version = $FEATURES_VERSION " +
            "AND month IN (:months) AND item NOT IN ($HIDDEN_ITEMS)"
    )
    suspend fun ofMonths(version: String, months: List<Int>): List<ReferenceItem>

    @Query(
        "SELECT album AS reference, item FROM media_items WHERE album IN (:albums) " +
            "AND item NOT IN ($HIDDEN_ITEMS)"
    )
    suspend fun ofAlbums(albums: List<String>): List<ReferenceItem>

    @Query(
        "SELECT interest AS reference, count(*) AS photos FROM photo_interests " +
            "WHERE probability >= :least AND month IN ($READ_MONTHS) " +
            "AND item NOT IN ($HIDDEN_ITEMS) GROUP BY interest"
    )
    suspend fun interestCounts(models: String, least: Float): List<ReferenceCount>

    @Query(
        "SELECT kind AS reference, count(*) AS photos FROM photo_kinds " +
            "WHERE kind >= 0 AND month IN ($READ_MONTHS) AND item NOT IN ($HIDDEN_ITEMS) " +
            "GROUP BY kind"
    )
    suspend fun kindCounts(models: String): List<ReferenceCount>

    @Query(
        "SELECT month AS reference, count(*) AS photos FROM features " +
            "WHERE version = $FEATURES_VERSION AND item NOT IN ($HIDDEN_ITEMS) GROUP BY month"
    )
    suspend fun monthCounts(version: String): List<ReferenceCount>

    @Query(
        "SELECT album AS reference, count(*) AS photos FROM media_items WHERE album IS NOT NULL " +
            "AND item NOT IN ($HIDDEN_ITEMS) GROUP BY album"
    )
    suspend fun albumCounts(): List<ReferenceCount>

    /** These photos, some hundred at most. */
    @Query("$PHOTO WHERE item IN (:items)")
    suspend fun photos(items: List<Long>): List<DatedPhoto>

    /** The [limit] photos before a place in time, newest first. */
    @Query(
        "$PHOTO WHERE (taken_at_ms, item) < (:takenAtMs, :item) " +
            "ORDER BY taken_at_ms DESC, item DESC LIMIT :limit"
    )
    suspend fun photosBefore(takenAtMs: Long, item: Long, limit: Int): List<DatedPhoto>

    /** What was searched for last, at once and whenever it changes. */
    @Query("SELECT query FROM recent_searches ORDER BY searched_at_ms DESC LIMIT :limit")
    fun recent(limit: Int): Flow<List<String>>

    @Query("SELECT query FROM recent_searches")
    suspend fun recent(): List<String>

    /** Keeps a search as the last one, and the [most] last ones in all. */
    @Transaction
    suspend fun remember(search: RecentSearch, most: Int) {
        insert(search)
        forgetAllBut(most)
    }

    @Insert(onConflict = OnConflictStrategy.REPLACE)
    suspend fun insert(search: RecentSearch)

    @Query(
        "DELETE FROM recent_searches WHERE query NOT IN " +
            "(SELECT query FROM recent_searches ORDER BY searched_at_ms DESC LIMIT :most)"
    )
    suspend fun forgetAllBut(most: Int)

    @Query("DELETE FROM recent_searches WHERE query = :query")
    suspend fun forget(query: String)

    @Query("DELETE FROM recent_searches")
    suspend fun forgetAll()
}
