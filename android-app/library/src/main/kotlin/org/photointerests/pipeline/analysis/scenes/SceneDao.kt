package org.photointerests.pipeline.analysis.scenes

import androidx.room.Dao
import androidx.room.Insert
import androidx.room.Query
import androidx.room.Transaction
import kotlinx.coroutines.flow.Flow
import org.photointerests.pipeline.index.HIDDEN_ITEMS
import org.photointerests.search.ReferenceCount
import org.photointerests.search.ReferenceItem

private const val VERSION =
    "(SELECT id FROM analyzer_versions WHERE analyzer = 'scene' AND version = :version)"
private const val SHOWN = "version = $VERSION AND item NOT IN ($HIDDEN_ITEMS)"

/** Reads and writes the scenes of photos; those of other versions are never mixed in. */
@Dao
interface SceneDao {
    /** Puts a row in the place of that of another version; null for a photo that shows no scene. */
    @Transaction
    suspend fun replace(item: Long, row: SceneRow?) {
        delete(item)
        if (row != null) insert(row)
    }

    @Insert
    suspend fun insert(row: SceneRow)

    @Query("DELETE FROM scenes WHERE item = :item")
    suspend fun delete(item: Long)

    @Query("DELETE FROM scenes")
    suspend fun deleteAll()

    @Query("SELECT count(*) FROM scenes")
    fun count(): Flow<Int>

    @Query(
        "SELECT s.* FROM scenes s JOIN media_items m ON m.item = s.item " +
            "WHERE m.volume = :volume AND m.media_id = :mediaId AND s.version = $VERSION"
    )
    suspend fun scene(version: String, volume: String, mediaId: Long): SceneRow?

    @Query(
        "SELECT scene AS reference, item FROM scenes WHERE scene IN (:scenes) " +
            "AND probability >= :least AND $SHOWN"
    )
    suspend fun ofScenes(version: String, scenes: List<Int>, least: Float): List<ReferenceItem>

    @Query(
        "SELECT scene_group AS reference, item FROM scenes WHERE scene_group IN (:groups) " +
            "AND $SHOWN"
    )
    suspend fun ofGroups(version: String, groups: List<Int>): List<ReferenceItem>

    /** All photos with a scene, by whether they were taken indoors (1) or outdoors (0). */
    @Query("SELECT indoor >= 0.5 AS reference, item FROM scenes WHERE $SHOWN")
    suspend fun byIndoor(version: String): List<ReferenceItem>

    @Query(
        "SELECT scene AS reference, count(*) AS photos FROM scenes " +
            "WHERE probability >= :least AND $SHOWN GROUP BY scene"
    )
    suspend fun sceneCounts(version: String, least: Float): List<ReferenceCount>

    @Query(
        "SELECT scene_group AS reference, count(*) AS photos FROM scenes WHERE $SHOWN " +
            "GROUP BY scene_group"
    )
    suspend fun groupCounts(version: String): List<ReferenceCount>
}
