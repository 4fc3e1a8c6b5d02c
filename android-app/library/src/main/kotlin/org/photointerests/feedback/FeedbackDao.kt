package org.photointerests.feedback

import androidx.room.Dao
import androidx.room.Insert
import androidx.room.OnConflictStrategy
import androidx.room.Query
import androidx.room.Transaction
import kotlinx.coroutines.flow.Flow

/** Reads and writes what the user says of interests and albums; each word takes back its opposite. */
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
