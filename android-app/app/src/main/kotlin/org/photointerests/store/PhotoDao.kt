package org.photointerests.store

import androidx.room.Dao
import androidx.room.Insert
import androidx.room.OnConflictStrategy
import androidx.room.Query
import kotlinx.coroutines.flow.Flow

/** Reads and writes what is kept of photos. */
@Dao
interface PhotoDao {
    @Insert(onConflict = OnConflictStrategy.REPLACE)
    suspend fun put(row: PhotoRow)

    @Query(
        "SELECT volume, id, generation, extractor FROM photos WHERE volume = :volume AND id IN (:ids)"
    )
    suspend fun known(volume: String, ids: List<Long>): List<KnownPhoto>

    /** Notes that a scan met these photos. */
    @Query("UPDATE photos SET scan = :scan WHERE volume = :volume AND id IN (:ids)")
    suspend fun meet(volume: String, ids: List<Long>, scan: Long)

    /** Forgets photos that a whole scan did not meet. */
    @Query("DELETE FROM photos WHERE scan != :scan")
    suspend fun forgetUnmet(scan: Long)

    @Query("SELECT max(scan) FROM photos")
    suspend fun lastScan(): Long?

    @Query(
        "SELECT count(features) AS `read`, count(failure) AS failed FROM photos " +
            "WHERE extractor = :extractor"
    )
    fun counts(extractor: String): Flow<StoreCounts>

    @Query(
        "SELECT month, count(*) AS photos FROM photos WHERE extractor = :extractor " +
            "AND features IS NOT NULL GROUP BY month ORDER BY month"
    )
    suspend fun months(extractor: String): List<MonthCount>

    /** Photos of the months from [first] to [last], in pages. */
    @Query(
        "SELECT volume, id, taken_at_ms, features FROM photos WHERE extractor = :extractor " +
            "AND month BETWEEN :first AND :last AND features IS NOT NULL " +
            "ORDER BY volume, id LIMIT :limit OFFSET :offset"
    )
    suspend fun features(
        extractor: String,
        first: Int,
        last: Int,
        limit: Int,
        offset: Int
    ): List<PhotoFeatures>

    @Query(
        "SELECT volume, id, taken_at_ms, features FROM photos WHERE extractor = :extractor " +
            "AND volume = :volume AND id = :id AND features IS NOT NULL"
    )
    suspend fun features(extractor: String, volume: String, id: Long): PhotoFeatures?

    @Query("SELECT volume, id, failure FROM photos WHERE failure IS NOT NULL ORDER BY id")
    fun failures(): Flow<List<FailedPhoto>>

    @Insert(onConflict = OnConflictStrategy.REPLACE)
    suspend fun hide(interest: HiddenInterest)

    @Query("DELETE FROM hidden_interests WHERE category = :category")
    suspend fun show(category: String)

    @Query("SELECT category FROM hidden_interests ORDER BY category")
    fun hidden(): Flow<List<String>>
}
