package org.photointerests.insights.interests

import androidx.room.Dao
import androidx.room.Insert
import androidx.room.OnConflictStrategy
import androidx.room.Query
import org.photointerests.pipeline.analysis.features.FEATURES_VERSION
import org.photointerests.pipeline.index.HIDDEN_ITEMS

/** Months that were read by `:models`. */
internal const val READ_MONTHS = "SELECT month FROM month_states WHERE models = :models"

private const val SHOWING =
    "SELECT m.volume, m.media_id FROM photo_interests p JOIN media_items m " +
        "ON m.item = p.item WHERE p.interest = :interest AND p.probability >= :least " +
        "AND p.month BETWEEN :first AND :last AND p.month IN ($READ_MONTHS)"

/** Reads and writes what was computed from the photos: it can be computed again at any time. */
@Dao
interface ProfileDao {
    /** All months with photos, and which of these the stored states of [models] may hold. */
    @Query(
        "SELECT f.month, count(*) AS photos, max(f.item) AS last_item, sum(f.item) AS item_sum, " +
            "coalesce(sum(f.item <= s.last_item), 0) AS known_photos, " +
            "coalesce(sum((f.item <= s.last_item) * f.item), 0) AS known_sum FROM features f " +
            "LEFT JOIN month_states s ON s.month = f.month AND s.models = :models " +
            "WHERE f.version = $FEATURES_VERSION " +
            "AND f.item NOT IN ($HIDDEN_ITEMS) GROUP BY f.month ORDER BY f.month"
    )
    suspend fun months(version: String, models: String): List<MonthPhotos>

    @Query("SELECT * FROM month_states WHERE models = :models")
    suspend fun monthStates(models: String): List<MonthState>

    @Insert(onConflict = OnConflictStrategy.REPLACE)
    suspend fun put(state: MonthState)

    @Insert(onConflict = OnConflictStrategy.REPLACE)
    suspend fun put(shown: List<PhotoInterest>)

    @Query("DELETE FROM photo_interests WHERE month = :month")
    suspend fun deletePhotoInterests(month: Int)

    /** The first [limit] photos after an item whose kinds are not known. */
    @Query(
        "SELECT f.item, f.month, f.features FROM features f LEFT JOIN photo_kinds k " +
            "ON k.item = f.item AND k.kind = ${PhotoKind.LOOKED_AT} " +
            "WHERE f.version = $FEATURES_VERSION " +
            "AND f.item > :after AND k.item IS NULL ORDER BY f.item LIMIT :limit"
    )
    suspend fun withoutKinds(version: String, after: Long, limit: Int): List<PhotoOfMonth>

    @Insert(onConflict = OnConflictStrategy.REPLACE)
    suspend fun putKinds(shown: List<PhotoKind>)

    @Query("DELETE FROM photo_kinds WHERE month = :month")
    suspend fun deletePhotoKinds(month: Int)

    /** How many photos of each month show each interest, with a probability of [least] or more. */
    @Query(
        "SELECT interest, month, count(*) AS photos FROM photo_interests " +
            "WHERE probability >= :least AND month IN ($READ_MONTHS) GROUP BY interest, month"
    )
    suspend fun counts(models: String, least: Float): List<MonthCount>

    /** At most [limit] photos that show an interest with [least] or more, the clearest first. */
    @Query("$SHOWING ORDER BY p.probability DESC, p.item DESC LIMIT :limit")
    suspend fun photos(
        models: String,
        interest: Int,
        first: Int,
        last: Int,
        least: Float,
        limit: Int
    ): List<InterestPhoto>

    /** The same, the newest first. */
    @Query("$SHOWING ORDER BY m.taken_at_ms DESC, p.item DESC LIMIT :limit")
    suspend fun photosByDate(
        models: String,
        interest: Int,
        first: Int,
        last: Int,
        least: Float,
        limit: Int
    ): List<InterestPhoto>

    /** The clearest photo of each interest in each month that has one with [least] or more. */
    @Query(
        "SELECT clearest.interest, clearest.month, m.volume, m.media_id FROM " +
            "(SELECT interest, month, item, max(probability) FROM photo_interests " +
            "WHERE probability >= :least AND month IN ($READ_MONTHS) " +
            "GROUP BY interest, month) clearest JOIN media_items m ON m.item = clearest.item"
    )
    suspend fun clearest(models: String, least: Float): List<ClearestPhoto>

    /** Some photos of a month, whatever they show: the last [limit] that came. */
    @Query(
        "SELECT m.volume, m.media_id FROM features f JOIN media_items m ON m.item = f.item " +
            "WHERE f.version = $FEATURES_VERSION AND f.month = :month " +
            "AND f.item NOT IN ($HIDDEN_ITEMS) ORDER BY f.item DESC LIMIT :limit"
    )
    suspend fun photosOfMonth(version: String, month: Int, limit: Int): List<InterestPhoto>

    /** All photos that may show an interest. */
    @Query(
        "SELECT * FROM photo_interests WHERE interest = :interest " +
            "AND month BETWEEN :first AND :last AND month IN ($READ_MONTHS)"
    )
    suspend fun photoInterests(
        models: String,
        interest: Int,
        first: Int,
        last: Int
    ): List<PhotoInterest>

    @Insert(onConflict = OnConflictStrategy.REPLACE)
    suspend fun put(profile: StoredProfile)

    @Query("SELECT * FROM profiles WHERE period = :period AND models = :models")
    suspend fun profile(period: String, models: String): StoredProfile?
}
