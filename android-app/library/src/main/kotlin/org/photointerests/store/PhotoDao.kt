package org.photointerests.store

import androidx.room.Dao
import androidx.room.Insert
import androidx.room.OnConflictStrategy
import androidx.room.Query
import androidx.room.Transaction
import kotlinx.coroutines.flow.Flow

/** Reads and writes what is kept of photos. */
@Dao
interface PhotoDao {
    /** Stores a photo in the place of what was known of it. */
    @Transaction
    suspend fun put(row: PhotoRow) {
        // It may have been excluded while the photo was read.
        if (row.album in excludedAlbums()) return
        forgetMonth(row.month)
        forgetMonthsOf(row.volume, listOf(row.id))
        insert(row)
    }

    /** Forgets photos that are gone, some hundred at most. */
    @Transaction
    suspend fun forget(volume: String, ids: List<Long>) {
        forgetMonthsOf(volume, ids)
        delete(volume, ids)
    }

    @Insert(onConflict = OnConflictStrategy.REPLACE)
    suspend fun insert(row: PhotoRow)

    @Query("DELETE FROM photos WHERE volume = :volume AND id IN (:ids)")
    suspend fun delete(volume: String, ids: List<Long>)

    @Query("DELETE FROM month_states WHERE month = :month")
    suspend fun forgetMonth(month: Int)

    @Query(
        "DELETE FROM month_states WHERE month IN " +
            "(SELECT month FROM photos WHERE volume = :volume AND id IN (:ids))"
    )
    suspend fun forgetMonthsOf(volume: String, ids: List<Long>)

    @Query("SELECT DISTINCT volume FROM photos")
    suspend fun volumes(): List<String>

    /** The photos of a volume; those that another extractor read have neither number. */
    @Query(
        "SELECT id, CASE extractor WHEN :extractor THEN generation ELSE -1 END AS generation, " +
            "CASE extractor WHEN :extractor THEN stamp ELSE -1 END AS stamp " +
            "FROM photos WHERE volume = :volume"
    )
    suspend fun known(volume: String, extractor: String): List<KnownPhoto>

    @Query("SELECT * FROM checkpoints ORDER BY volume")
    suspend fun checkpoints(): List<Checkpoint>

    /** Puts these in the place of all others. */
    @Transaction
    suspend fun replaceCheckpoints(checkpoints: List<Checkpoint>) {
        clearCheckpoints()
        insertCheckpoints(checkpoints)
    }

    /** As [replaceCheckpoints], unless other albums than these are excluded by now: false then. */
    @Transaction
    suspend fun endScan(checkpoints: List<Checkpoint>, excluded: List<String>): Boolean {
        val same = excludedAlbums() == excluded
        if (same) replaceCheckpoints(checkpoints)
        return same
    }

    /** Ids of the albums that are not to be read. */
    @Query("SELECT id FROM excluded_albums ORDER BY id")
    suspend fun excludedAlbums(): List<String>

    @Query("DELETE FROM checkpoints")
    suspend fun clearCheckpoints()

    @Insert
    suspend fun insertCheckpoints(checkpoints: List<Checkpoint>)

    @Query(
        "SELECT count(*) - count(failure) AS `read`, count(failure) AS failed FROM photos " +
            "WHERE extractor = :extractor"
    )
    fun counts(extractor: String): Flow<StoreCounts>

    @Query(
        "SELECT month, count(*) AS photos FROM photos WHERE extractor = :extractor " +
            "AND failure IS NULL GROUP BY month ORDER BY month"
    )
    suspend fun months(extractor: String): List<MonthCount>

    /** At most [limit] photos of a month, the first ones beyond the row [after]. */
    @Query(
        "SELECT rowid AS `row`, volume, id, taken_at_ms, features FROM photos " +
            "WHERE extractor = :extractor AND month = :month AND failure IS NULL " +
            "AND rowid > :after ORDER BY rowid LIMIT :limit"
    )
    suspend fun features(
        extractor: String,
        month: Int,
        after: Long,
        limit: Int
    ): List<PhotoFeatures>

    @Query(
        "SELECT rowid AS `row`, volume, id, taken_at_ms, features FROM photos " +
            "WHERE extractor = :extractor AND volume = :volume AND id = :id AND features IS NOT NULL"
    )
    suspend fun features(extractor: String, volume: String, id: Long): PhotoFeatures?

    /** The first [limit] photos that could not be read. */
    @Query(
        "SELECT volume, id, failure FROM photos WHERE failure IS NOT NULL " +
            "ORDER BY id, volume LIMIT :limit"
    )
    fun failures(limit: Int): Flow<List<FailedPhoto>>
}
