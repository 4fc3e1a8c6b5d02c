package org.photointerests.pipeline.index

import androidx.room.Dao
import androidx.room.Insert
import androidx.room.Query
import androidx.room.Upsert
import kotlinx.coroutines.flow.Flow
import org.photointerests.pipeline.analysis.PendingPhoto

/** Reads and writes how far analyzers are that need no decoded photo. */
@Dao
interface AnalysisDao {
    /**
     * At most [limit] photos with features that an analyzer has yet to see in this version, the
     * newest first; those after the photo [last], which was taken at [beforeMs].
     */
    @Query(
        "SELECT m.item, m.volume, m.media_id, m.month, m.taken_at_ms FROM media_items m " +
            "WHERE (m.taken_at_ms, m.item) < (:beforeMs, :last) AND EXISTS " +
            "(SELECT 1 FROM analysis_status f WHERE f.item = m.item AND f.analyzer = 'features' " +
            "AND f.version = :features AND f.state = 2) AND NOT EXISTS " +
            "(SELECT 1 FROM analysis_status s WHERE s.item = m.item AND s.analyzer = :analyzer " +
            "AND s.version = :version AND (s.state = 2 OR s.attempts >= $MAX_ATTEMPTS)) " +
            "AND m.item NOT IN ($HIDDEN_ITEMS) " +
            "ORDER BY m.taken_at_ms DESC, m.item DESC LIMIT :limit"
    )
    suspend fun pending(
        features: Long,
        analyzer: String,
        version: Long,
        beforeMs: Long,
        last: Long,
        limit: Int
    ): List<PendingPhoto>

    /** How many photos with features an analyzer has yet to see, by the versions of both. */
    @Query(
        "SELECT count(*) FROM analysis_status f WHERE f.version = " +
            "(SELECT id FROM analyzer_versions WHERE analyzer = 'features' " +
            "AND version = :features) AND f.state = 2 AND NOT EXISTS " +
            "(SELECT 1 FROM analysis_status s WHERE s.item = f.item AND s.analyzer = :analyzer " +
            "AND s.version = (SELECT id FROM analyzer_versions " +
            "WHERE analyzer = :analyzer AND version = :version) " +
            "AND (s.state = 2 OR s.attempts >= $MAX_ATTEMPTS)) AND f.item NOT IN ($HIDDEN_ITEMS)"
    )
    fun pendingCount(features: String, analyzer: String, version: String): Flow<Int>

    @Query("SELECT id FROM analyzer_versions WHERE analyzer = :analyzer AND version = :version")
    suspend fun version(analyzer: String, version: String): Long?

    @Insert
    suspend fun insert(version: AnalyzerVersion): Long

    /** Those of these items, some hundred at most, that are still there. */
    @Query("SELECT item FROM media_items WHERE item IN (:items)")
    suspend fun existing(items: List<Long>): List<Long>

    @Query("SELECT * FROM analysis_status WHERE item = :item AND analyzer = :analyzer")
    suspend fun status(item: Long, analyzer: String): AnalysisStatus?

    @Upsert
    suspend fun put(status: AnalysisStatus)

    /** Forgets what an analyzer has seen. */
    @Query("DELETE FROM analysis_status WHERE analyzer = :analyzer")
    suspend fun forget(analyzer: String)
}
