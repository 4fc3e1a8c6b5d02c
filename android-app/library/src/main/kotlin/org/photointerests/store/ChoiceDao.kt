package org.photointerests.store

import androidx.room.Dao
import androidx.room.Insert
import androidx.room.OnConflictStrategy
import androidx.room.Query
import androidx.room.Transaction
import kotlinx.coroutines.flow.Flow

/** Reads and writes what the user says of interests and albums; each word takes back its opposite. */
@Dao
interface ChoiceDao {
    @Query("SELECT category FROM hidden_interests ORDER BY category")
    fun hidden(): Flow<List<String>>

    @Query("SELECT category FROM wanted_interests ORDER BY category")
    fun wanted(): Flow<List<String>>

    /** Says that something is no interest. */
    @Transaction
    suspend fun hide(category: String) {
        forgetWord(category)
        insert(HiddenInterest(category))
    }

    /** Says that more of an interest is wanted. */
    @Transaction
    suspend fun want(category: String) {
        forgetWord(category)
        insert(WantedInterest(category))
    }

    /** Takes back what was said of an interest. */
    @Transaction
    suspend fun forgetWord(category: String) {
        deleteHidden(category)
        deleteWanted(category)
    }

    @Insert(onConflict = OnConflictStrategy.REPLACE)
    suspend fun insert(interest: HiddenInterest)

    @Insert(onConflict = OnConflictStrategy.REPLACE)
    suspend fun insert(interest: WantedInterest)

    @Query("DELETE FROM hidden_interests WHERE category = :category")
    suspend fun deleteHidden(category: String)

    @Query("DELETE FROM wanted_interests WHERE category = :category")
    suspend fun deleteWanted(category: String)

    @Query("SELECT * FROM excluded_albums ORDER BY name, id")
    fun excluded(): Flow<List<ExcludedAlbum>>

    /** Keeps an album from being read, and deletes all that was made of its photos. */
    @Transaction
    suspend fun exclude(album: ExcludedAlbum) {
        insert(album)
        deleteMonthsOf(album.id)
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

    @Query(
        "DELETE FROM month_states WHERE month IN (SELECT month FROM photos WHERE album = :album)"
    )
    suspend fun deleteMonthsOf(album: String)

    @Query("DELETE FROM photos WHERE album = :album")
    suspend fun deletePhotosOf(album: String)

    @Query("DELETE FROM profiles")
    suspend fun deleteProfiles()

    @Query("DELETE FROM checkpoints")
    suspend fun deleteCheckpoints()
}
