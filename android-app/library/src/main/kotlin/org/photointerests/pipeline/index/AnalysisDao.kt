package org.photointerests.pipeline.index

import androidx.room.Dao
import androidx.room.Insert
import androidx.room.Query
import androidx.room.Upsert
import kotlinx.coroutines.flow.Flow
import org.photointerests.pipeline.analysis.PendingPhoto

private const val PENDING = "m.item, m.volume, m.media_id, m.month, m.taken_at_ms"

/** Reads and writes how far analyzers are that need no decoded photo. */
@Dao
interface AnalysisDao {
    /**
     * At most [limit] photos that an analyzer has yet to see in this version, the newest first;
     * those after the photo [last], which was taken at [beforeMs]. Another analyzer is done with
     * them, in the version [after]. Those in work when the process crashed are [suspects].
     */
    @Query(
        "SELECT $PENDING FROM media_items m " +
            "WHERE (m.taken_at_ms, m.item) < (:beforeMs, :last) AND EXISTS " +
            "(SELECT 1 FROM analysis_status f WHERE f.item = m.item AND f.version = :after " +
            "AND f.state = 2) AND NOT EXISTS " +
            "(SELECT 1 FROM analysis_status s WHERE s.item = m.item AND s.analyzer = :analyzer " +
            "AND s.version = :version AND (s.state = 2 OR s.attempts >= $MAX_ATTEMPTS " +
            "OR s.reason = 'CRASHED')) AND m.item NOT IN ($HIDDEN_ITEMS) " +
            "ORDER BY m.taken_at_ms DESC, m.item DESC LIMIT :limit"
    )
    suspend fun pending(
        after: Long,
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
            "AND (s.state = 2 OR s.attempts >= $MAX_ATTEMPTS " +
            "OR s.reason = 'CRASHED' AND s.attempts >= $MAX_CRASHES)) " +
            "AND f.item NOT IN ($HIDDEN_ITEMS)"
    )
    fun pendingCount(features: String, analyzer: String, version: String): Flow<Int>

    /** The newest photos that were in work when the process crashed, unless it did too often. */
    @Query(
        "SELECT $PENDING FROM media_items m JOIN analysis_status s ON s.item = m.item " +
            "WHERE s.version = :version AND s.state = 3 AND s.reason = 'CRASHED' " +
            "AND s.attempts < $MAX_CRASHES AND m.item NOT IN ($HIDDEN_ITEMS) " +
            "ORDER BY m.taken_at_ms DESC, m.item DESC LIMIT :limit"
    )
    suspend fun suspects(version: Long, limit: Int): List<PendingPhoto>

    /** Marks those of these photos that are there as started; earlier failures stay counted. */
    @Query(
        "INSERT OR REPLACE INTO analysis_status " +
            "(item, analyzer, version, state, attempts, reason) " +
            "SELECT m.item, :analyzer, :version, 1, coalesce(s.attempts, 0), s.reason " +
            "FROM media_items m LEFT JOIN analysis_status s ON s.item = m.item " +
            "AND s.analyzer = :analyzer AND s.version = :version WHERE m.item IN (:items)"
    )
    suspend fun start(items: List<Long>, analyzer: String, version: Long)

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
