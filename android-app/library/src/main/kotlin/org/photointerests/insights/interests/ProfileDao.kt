package org.photointerests.insights.interests

import androidx.room.Dao
import androidx.room.Insert
import androidx.room.OnConflictStrategy
import androidx.room.Query
import org.photointerests.pipeline.index.HIDDEN_ITEMS

/** Reads and writes what was computed from the photos: it can be computed again at any time. */
@Dao
interface ProfileDao {
    /** All months with photos, and which of these the stored states of [models] may hold. */
    @Query(
        "SELECT f.month, count(*) AS photos, max(f.item) AS last_item, sum(f.item) AS item_sum, " +
            "coalesce(sum(f.item <= s.last_item), 0) AS known_photos, " +
            "coalesce(sum((f.item <= s.last_item) * f.item), 0) AS known_sum FROM features f " +
            "LEFT JOIN month_states s ON s.month = f.month AND s.models = :models " +
            "WHERE f.version = (SELECT id FROM analyzer_versions " +
            "WHERE analyzer = 'features' AND version = :version) " +
            "AND f.item NOT IN ($HIDDEN_ITEMS) GROUP BY f.month ORDER BY f.month"
    )
    suspend fun months(version: String, models: String): List<MonthPhotos>

    @Query("SELECT * FROM month_states WHERE models = :models")
    suspend fun monthStates(models: String): List<MonthState>

    @Insert(onConflict = OnConflictStrategy.REPLACE)
    suspend fun put(state: MonthState)

    @Insert(onConflict = OnConflictStrategy.REPLACE)
    suspend fun put(profile: StoredProfile)

    @Query("SELECT * FROM profiles WHERE period = :period AND models = :models")
    suspend fun profile(period: String, models: String): StoredProfile?
}
