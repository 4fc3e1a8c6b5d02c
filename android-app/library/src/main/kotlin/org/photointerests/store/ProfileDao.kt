package org.photointerests.store

import androidx.room.Dao
import androidx.room.Insert
import androidx.room.OnConflictStrategy
import androidx.room.Query

/** Reads and writes what was made of the photos: it can be made anew at any time. */
@Dao
interface ProfileDao {
    @Query("SELECT * FROM month_states WHERE models = :models AND state IS NOT NULL")
    suspend fun monthStates(models: String): List<MonthState>

    /** Begins the reading of a month. */
    @Insert(onConflict = OnConflictStrategy.REPLACE)
    suspend fun begin(state: MonthState)

    /** Ends it; does nothing where a photo of the month has changed meanwhile. */
    @Query("UPDATE month_states SET state = :state WHERE month = :month AND token = :token")
    suspend fun end(month: Int, token: Long, state: ByteArray)

    @Insert(onConflict = OnConflictStrategy.REPLACE)
    suspend fun put(profile: StoredProfile)

    @Query("SELECT * FROM profiles WHERE period = :period AND models = :models")
    suspend fun profile(period: String, models: String): StoredProfile?
}
