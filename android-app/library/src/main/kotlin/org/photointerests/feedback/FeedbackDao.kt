package org.photointerests.feedback

import androidx.room.Dao
import androidx.room.Delete
import androidx.room.Insert
import androidx.room.OnConflictStrategy
import androidx.room.Query
import androidx.room.Transaction
import kotlinx.coroutines.flow.Flow
import org.photointerests.core.PhotoKey

/** Reads and writes the user's feedback on interests and albums; each replaces its opposite. */
@Dao
interface FeedbackDao {
    @Query("SELECT category FROM hidden_interests ORDER BY category")
    fun hidden(): Flow<List<String>>

    @Query("SELECT category FROM pinned_interests ORDER BY category")
    fun pinned(): Flow<List<String>>

    /** Says that something is no interest. */
    @Transaction
    suspend fun hide(category: String) {
        clearFeedback(category)
        insert(HiddenInterest(category))
    }

    /** Says that more of an interest is pinned. */
    @Transaction
    suspend fun pin(category: String) {
        clearFeedback(category)
        insert(PinnedInterest(category))
    }

    /** Pins and hides several interests at once; other choices stay. */
    @Transaction
    suspend fun take(pinned: List<String>, hidden: List<String>) {
        pinned.forEach { pin(it) }
        hidden.forEach { hide(it) }
    }

    /** Takes back what was said of an interest. */
    @Transaction
    suspend fun clearFeedback(category: String) {
        deleteHidden(category)
        deletePinned(category)
    }

    @Insert(onConflict = OnConflictStrategy.REPLACE)
    suspend fun insert(interest: HiddenInterest)

    @Insert(onConflict = OnConflictStrategy.REPLACE)
    suspend fun insert(interest: PinnedInterest)

    @Query("DELETE FROM hidden_interests WHERE category = :category")
    suspend fun deleteHidden(category: String)

    @Query("DELETE FROM pinned_interests WHERE category = :category")
    suspend fun deletePinned(category: String)

    @Query("SELECT * FROM rejected_photos ORDER BY item, category")
    fun rejected(): Flow<List<RejectedPhoto>>

    /** What the user said of the photos of a month. */
    @Query(
        "SELECT r.item, r.category FROM rejected_photos r JOIN features f ON f.item = r.item " +
            "WHERE f.month = :month ORDER BY r.item, r.category"
    )
    suspend fun rejected(month: Int): List<RejectedPhoto>

    /** Says that photos do not show an interest; those that are not in the index are ignored. */
    @Transaction
    suspend fun reject(category: String, photos: List<PhotoKey>) =
        setRejected(photos) { insert(RejectedPhoto(it, category)) }

    /** Takes back that photos do not show an interest. */
    @Transaction
    suspend fun restore(category: String, photos: List<PhotoKey>) =
        setRejected(photos) { deleteRejected(it, category) }

    private suspend fun setRejected(photos: List<PhotoKey>, change: suspend (Long) -> Unit) {
        for (photo in photos) {
            val item = item(photo.volume, photo.id) ?: continue
            change(item)
            // The photo's month is added up again, from the stored features.
            deleteMonthStateOf(item)
        }
        deleteProfiles()
    }

    /** The products that are not to be suggested. */
    @Query("SELECT * FROM rejected_products ORDER BY publisher, product")
    fun rejectedProducts(): Flow<List<RejectedProduct>>

    /** Says that a product is not to be suggested. */
    @Insert(onConflict = OnConflictStrategy.REPLACE)
    suspend fun reject(product: RejectedProduct)

    /** Takes that back. */
    @Delete
    suspend fun restore(product: RejectedProduct)

    @Query("SELECT item FROM media_items WHERE volume = :volume AND media_id = :mediaId")
    suspend fun item(volume: String, mediaId: Long): Long?

    @Insert(onConflict = OnConflictStrategy.REPLACE)
    suspend fun insert(photo: RejectedPhoto)

    @Query("DELETE FROM rejected_photos WHERE item = :item AND category = :category")
    suspend fun deleteRejected(item: Long, category: String)

    @Query(
        "DELETE FROM month_states WHERE month IN " +
            "(SELECT month FROM features WHERE item = :item)"
    )
    suspend fun deleteMonthStateOf(item: Long)

    @Query("SELECT * FROM excluded_albums ORDER BY name, id")
    fun excluded(): Flow<List<ExcludedAlbum>>

    /** Keeps an album from being read, and deletes everything stored about its photos. */
    @Transaction
    suspend fun exclude(album: ExcludedAlbum) {
        insert(album)
        deletePhotosOf(album.id)
        // These show photos, and may show some of the album.
        deleteProfiles()
        deleteCheckpoints()
    }

    /** Has the next scan read an album again. */
    @Transaction
    suspend fun include(id: String) {
        deleteExcluded(id)
        deleteCheckpoints()
    }

    @Insert(onConflict = OnConflictStrategy.REPLACE)
    suspend fun insert(album: ExcludedAlbum)

    @Query("DELETE FROM excluded_albums WHERE id = :id")
    suspend fun deleteExcluded(id: String)

    @Query("DELETE FROM media_items WHERE album = :album")
    suspend fun deletePhotosOf(album: String)

    @Query("DELETE FROM profiles")
    suspend fun deleteProfiles()

    @Query("DELETE FROM checkpoints")
    suspend fun deleteCheckpoints()
}
