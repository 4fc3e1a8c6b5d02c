package org.photointerests.pipeline.index

import androidx.room.Dao
import androidx.room.Insert
import androidx.room.OnConflictStrategy
import androidx.room.Query
import androidx.room.Transaction
import androidx.room.Upsert
import kotlinx.coroutines.flow.Flow
import org.photointerests.pipeline.media.GalleryPhoto

/** Photos on volumes that are not mounted. */
internal const val HIDDEN_ITEMS =
    "SELECT item FROM media_items WHERE volume IN (SELECT volume FROM hidden_volumes)"

/** What failed and may well succeed at another time. */
private const val MAY_PASS =
    "(state = 3 AND (reason IN ('GONE', 'NO_ACCESS', 'UNREADABLE') AND attempts < $MAX_ATTEMPTS " +
        "OR reason = 'CRASHED' AND attempts < $MAX_CRASHES))"

/** Reads and writes which photos there are, and how far each analyzer is with them. */
@Dao
interface MediaDao {
    @Insert
    suspend fun insert(item: MediaItem): Long

    @Query("SELECT * FROM media_items WHERE volume = :volume AND media_id = :mediaId")
    suspend fun item(volume: String, mediaId: Long): MediaItem?

    /** Deletes photos with all that analyzers wrote of them. */
    @Query("DELETE FROM media_items WHERE item IN (:items)")
    suspend fun delete(items: List<Long>)

    @Query(
        "UPDATE media_items SET media_id = :mediaId, generation = :generation WHERE item = :item"
    )
    suspend fun move(item: Long, mediaId: Long, generation: Long)

    /** Makes room for a photo that has got the id of another one, which is not known any more. */
    @Query("DELETE FROM media_items WHERE volume = :volume AND media_id = :mediaId")
    suspend fun deleteOther(volume: String, mediaId: Long)

    /** Deletes photos that are gone, some hundred at most, with all that analyzers wrote of them. */
    @Query("DELETE FROM media_items WHERE volume = :volume AND media_id IN (:mediaIds)")
    suspend fun forget(volume: String, mediaIds: List<Long>)

    /** Notes the generation that unchanged photos have in a new index. */
    @Transaction
    suspend fun setGenerations(photos: List<GalleryPhoto>) =
        photos.forEach { setGeneration(it.key.volume, it.key.id, it.generation) }

    @Query(
        "UPDATE media_items SET generation = :generation WHERE volume = :volume " +
            "AND media_id = :mediaId AND generation != :generation"
    )
    suspend fun setGeneration(volume: String, mediaId: Long, generation: Long)

    @Query("UPDATE media_items SET generation = -1 WHERE volume = :volume")
    suspend fun clearGenerations(volume: String)

    @Query("SELECT DISTINCT volume FROM media_items")
    suspend fun volumes(): List<String>

    /** The photos of a volume; [retry] has failures that may pass count as not settled. */
    @Query(
        "SELECT item, media_id, generation, file_signature, " +
            "(SELECT count(*) FROM analysis_status s WHERE s.item = m.item " +
            // The plus keeps SQLite from the index of versions, which all photos are in.
            "AND +s.version IN (:versions) AND (s.state = 2 OR s.state = 3 " +
            "AND NOT (:retry AND $MAY_PASS))) AS settled FROM media_items m WHERE volume = :volume"
    )
    suspend fun known(volume: String, versions: List<Long>, retry: Boolean): List<KnownItem>

    /** How many analyses failed for a reason that may pass. */
    @Query(
        "SELECT count(*) FROM analysis_status WHERE version IN (:versions) AND state = 3 " +
            "AND $MAY_PASS AND item NOT IN ($HIDDEN_ITEMS)"
    )
    suspend fun retryable(versions: List<Long>): Int

    @Query("SELECT id FROM analyzer_versions WHERE analyzer = :analyzer AND version = :version")
    suspend fun version(analyzer: String, version: String): Long?

    @Insert
    suspend fun insert(version: AnalyzerVersion): Long

    @Query("SELECT * FROM analysis_status WHERE item = :item")
    suspend fun status(item: Long): List<AnalysisStatus>

    @Upsert
    suspend fun put(status: AnalysisStatus)

    /** All versions of analyzers that were ever there. */
    @Query("SELECT id FROM analyzer_versions")
    suspend fun analyzerVersions(): List<Long>

    /** What was in work when the last scan ended. */
    @Query("SELECT * FROM analysis_status WHERE version IN (:versions) AND state = 1")
    suspend fun started(versions: List<Long>): List<AnalysisStatus>

    /** Forgets that an analysis was begun; an earlier failure stays counted. */
    @Query("DELETE FROM analysis_status WHERE item = :item AND analyzer = :analyzer")
    suspend fun deleteStatus(item: Long, analyzer: String)

    /** Photos that were in work when the process crashed: each is analysed alone. */
    @Query(
        "SELECT DISTINCT m.* FROM media_items m JOIN analysis_status s ON s.item = m.item " +
            "WHERE s.version IN (:versions) AND s.state = 3 AND s.reason = 'CRASHED' " +
            "AND s.attempts < $MAX_CRASHES AND m.item NOT IN ($HIDDEN_ITEMS)"
    )
    suspend fun suspects(versions: List<Long>): List<MediaItem>

    @Query("SELECT volume FROM hidden_volumes ORDER BY volume")
    suspend fun hiddenVolumes(): List<String>

    /** Hides these volumes, and shows all others. */
    @Transaction
    suspend fun hideVolumes(volumes: List<String>) {
        clearHiddenVolumes()
        volumes.forEach { insert(HiddenVolume(it)) }
    }

    @Query("DELETE FROM hidden_volumes")
    suspend fun clearHiddenVolumes()

    @Insert
    suspend fun insert(volume: HiddenVolume)

    @Query("SELECT * FROM checkpoints ORDER BY volume")
    suspend fun checkpoints(): List<Checkpoint>

    /** Puts these in the place of those of the same volumes; others are of volumes not mounted. */
    @Insert(onConflict = OnConflictStrategy.REPLACE)
    suspend fun putCheckpoints(checkpoints: List<Checkpoint>)

    /** Writes checkpoints, unless other albums than these are excluded by now: false then. */
    @Transaction
    suspend fun endScan(checkpoints: List<Checkpoint>, excluded: List<String>): Boolean {
        val same = excludedAlbums() == excluded
        if (same) if (checkpoints.isEmpty()) clearCheckpoints() else putCheckpoints(checkpoints)
        return same
    }

    @Query("DELETE FROM checkpoints")
    suspend fun clearCheckpoints()

    /** Ids of the albums that are not to be read. */
    @Query("SELECT id FROM excluded_albums ORDER BY id")
    suspend fun excludedAlbums(): List<String>

    @Query("SELECT count(*) FROM excluded_albums WHERE id = :album")
    suspend fun isExcluded(album: String): Boolean

    /** How many photos an analyzer in this version has analysed and could not. */
    @Query(
        "SELECT coalesce(sum(state = 2), 0) AS `read`, coalesce(sum(state = 3), 0) AS failed " +
            "FROM analysis_status WHERE version = (SELECT id FROM analyzer_versions " +
            "WHERE analyzer = :analyzer AND version = :version) AND item NOT IN ($HIDDEN_ITEMS)"
    )
    fun counts(analyzer: String, version: String): Flow<StoreCounts>

    @Query(
        "SELECT s.reason FROM analysis_status s JOIN media_items m ON m.item = s.item " +
            "WHERE m.volume = :volume AND m.media_id = :mediaId AND s.analyzer = :analyzer " +
            "AND s.state = 3 AND s.version = " +
            "(SELECT id FROM analyzer_versions WHERE analyzer = :analyzer AND version = :version)"
    )
    suspend fun problem(analyzer: String, version: String, volume: String, mediaId: Long): String?

    /** The first [limit] photos that could not be analysed. */
    @Query(
        "SELECT m.volume, m.media_id, s.reason FROM analysis_status s " +
            "JOIN media_items m ON m.item = s.item WHERE s.version = " +
            "(SELECT id FROM analyzer_versions " +
            "WHERE analyzer = :analyzer AND version = :version) AND s.state = 3 AND s.item NOT IN ($HIDDEN_ITEMS) ORDER BY s.item LIMIT :limit"
    )
    fun failures(analyzer: String, version: String, limit: Int): Flow<List<FailedPhoto>>
}
