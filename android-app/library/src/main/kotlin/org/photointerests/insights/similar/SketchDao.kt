package org.photointerests.insights.similar

import androidx.room.Dao
import androidx.room.Insert
import androidx.room.OnConflictStrategy
import androidx.room.Query
import org.photointerests.pipeline.analysis.features.FEATURES_VERSION
import org.photointerests.pipeline.index.HIDDEN_ITEMS

private const val REVISION = "SELECT count(*) AS photos, coalesce(sum(item), 0) AS item_sum FROM"

/** Reads and writes the sketches of photos; those of other versions are never mixed in. */
@Dao
interface SketchDao {
    @Insert(onConflict = OnConflictStrategy.REPLACE)
    suspend fun put(sketches: List<PhotoSketch>)

    /** All photos with features. */
    @Query("$REVISION features WHERE version = $FEATURES_VERSION")
    suspend fun features(version: String): PhotoSetRevision

    /** All photos with sketches. */
    @Query("$REVISION photo_sketches WHERE version = $FEATURES_VERSION")
    suspend fun sketches(version: String): PhotoSetRevision

    /** Those of them that are on volumes which are mounted. */
    @Query(
        "$REVISION photo_sketches WHERE version = $FEATURES_VERSION " +
            "AND item NOT IN ($HIDDEN_ITEMS)"
    )
    suspend fun shown(version: String): PhotoSetRevision

    /** The first [limit] photos after an item that have no sketch. */
    @Query(
        "SELECT f.item, f.version, f.features FROM features f LEFT JOIN photo_sketches s " +
            "ON s.item = f.item AND s.version = f.version WHERE f.version = $FEATURES_VERSION " +
            "AND f.item > :after AND s.item IS NULL ORDER BY f.item LIMIT :limit"
    )
    suspend fun unsketched(version: String, after: Long, limit: Int): List<UnsketchedPhoto>

    /** The first [limit] sketches after an item. */
    @Query(
        "SELECT item, sketch FROM photo_sketches WHERE version = $FEATURES_VERSION " +
            "AND item > :after AND item NOT IN ($HIDDEN_ITEMS) ORDER BY item LIMIT :limit"
    )
    suspend fun sketches(version: String, after: Long, limit: Int): List<ItemSketch>
}
