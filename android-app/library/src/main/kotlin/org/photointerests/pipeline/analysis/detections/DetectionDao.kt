package org.photointerests.pipeline.analysis.detections

import androidx.room.Dao
import androidx.room.Insert
import androidx.room.Query
import androidx.room.Transaction
import kotlinx.coroutines.flow.Flow
import org.photointerests.pipeline.index.HIDDEN_ITEMS
import org.photointerests.search.ReferenceCount
import org.photointerests.search.ReferenceItem

private const val VERSIONS = "(SELECT id FROM analyzer_versions WHERE analyzer = :analyzer)"
private const val VERSION =
    "(SELECT id FROM analyzer_versions WHERE analyzer = :analyzer AND version = :version)"
private const val SHOWN = "version = $VERSION AND item NOT IN ($HIDDEN_ITEMS)"

/**
 * Reads and writes what detectors found on photos; what is of other versions of an analyzer is never
 * mixed in.
 */
@Dao
interface DetectionDao {
    /** Puts what an analyzer found on a photo in the place of what it found before. */
    @Transaction
    suspend fun replace(analyzer: String, item: Long, rows: List<DetectionRow>) {
        delete(analyzer, item)
        insert(rows)
    }

    @Insert
    suspend fun insert(rows: List<DetectionRow>)

    @Query("DELETE FROM detections WHERE item = :item AND version IN $VERSIONS")
    suspend fun delete(analyzer: String, item: Long)

    @Query("DELETE FROM detections WHERE version IN $VERSIONS")
    suspend fun deleteAll(analyzer: String)

    @Query("SELECT count(*) FROM detections WHERE version IN $VERSIONS")
    fun count(analyzer: String): Flow<Int>

    @Query(
        "SELECT d.* FROM detections d JOIN media_items m ON m.item = d.item " +
            "WHERE m.volume = :volume AND m.media_id = :mediaId AND d.version = $VERSION " +
            "ORDER BY d.number"
    )
    suspend fun ofPhoto(
        analyzer: String,
        version: String,
        volume: String,
        mediaId: Long
    ): List<DetectionRow>

    /** Things of a label on these photos, some hundred at most. */
    @Query(
        "SELECT * FROM detections WHERE item IN (:items) AND version = $VERSION " +
            "AND label = :label ORDER BY item, number"
    )
    suspend fun ofItems(
        analyzer: String,
        version: String,
        label: Int,
        items: List<Long>
    ): List<DetectionRow>

    @Query(
        "SELECT DISTINCT label AS reference, item FROM detections WHERE label IN (:labels) " +
            "AND $SHOWN"
    )
    suspend fun ofLabels(analyzer: String, version: String, labels: List<Int>): List<ReferenceItem>

    @Query(
        "SELECT label AS reference, count(DISTINCT item) AS photos FROM detections " +
            "WHERE $SHOWN GROUP BY label"
    )
    suspend fun labelCounts(analyzer: String, version: String): List<ReferenceCount>

    /** Each photo with things of a label. */
    @Query(
        "SELECT item, count(*) AS number, max(width * height) AS largest FROM detections " +
            "WHERE label = :label AND $SHOWN GROUP BY item"
    )
    suspend fun perPhoto(analyzer: String, version: String, label: Int): List<DetectedCount>
}
