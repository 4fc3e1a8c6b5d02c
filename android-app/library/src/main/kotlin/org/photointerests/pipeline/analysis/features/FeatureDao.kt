package org.photointerests.pipeline.analysis.features

import androidx.room.Dao
import androidx.room.Insert
import androidx.room.OnConflictStrategy
import androidx.room.Query
import org.photointerests.pipeline.index.HIDDEN_ITEMS

/** The number that features of `:version` are stored with. */
internal const val FEATURES_VERSION =
    "(SELECT id FROM analyzer_versions WHERE analyzer = 'features' AND version = :version)"
private const val PHOTO =
    "SELECT f.item, m.volume, m.media_id, m.taken_at_ms, m.utc_offset_s, f.features " +
        "FROM features f JOIN media_items m ON m.item = f.item"

/** Reads and writes the features of photos; those of other versions are never mixed in. */
@Dao
interface FeatureDao {
    @Insert(onConflict = OnConflictStrategy.REPLACE)
    suspend fun insert(row: FeatureRow)

    /** When each photo of a month was taken. */
    @Query(
        "SELECT f.item, m.taken_at_ms, m.timed FROM features f JOIN media_items m " +
            "ON m.item = f.item WHERE f.version = $FEATURES_VERSION AND f.month = :month " +
            "AND f.item NOT IN ($HIDDEN_ITEMS) ORDER BY f.item"
    )
    suspend fun times(version: String, month: Int): List<PhotoTime>

    /** These photos, some hundred at most, in the order of their items. */
    @Query("$PHOTO WHERE f.item IN (:items) AND f.version = $FEATURES_VERSION ORDER BY f.item")
    suspend fun features(version: String, items: List<Long>): List<PhotoFeatures>

    @Query(
        "$PHOTO WHERE m.volume = :volume AND m.media_id = :mediaId " +
            "AND f.version = $FEATURES_VERSION"
    )
    suspend fun features(version: String, volume: String, mediaId: Long): PhotoFeatures?
}
