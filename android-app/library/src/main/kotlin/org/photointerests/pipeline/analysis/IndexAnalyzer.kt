package org.photointerests.pipeline.analysis

import androidx.room.ColumnInfo
import java.io.Closeable
import kotlinx.coroutines.flow.Flow
import org.photointerests.core.PhotoKey

/**
 * Something that is found out about photos whose features are stored.
 *
 * It runs in a pass of its own after the scan. A photo is analysed again when [version] is another
 * one.
 */
interface IndexAnalyzer {
    /** Name in the index; never changes. */
    val name: String
    val version: String

    /** The analyzer that has to be done with a photo before; null where its features are enough. */
    val after: Earlier? get() = null

    /** Whether it runs only where the user switched it on; others run until they are switched off. */
    val isOptIn: Boolean get() = false

    /** Photos that are stored at once, some hundred at most: what a killed pass does again. */
    val photosAtOnce: Int get() = 256

    /** Opens what it needs for a pass; null where it cannot work now. */
    suspend fun open(): IndexAnalysis?

    /** About how many bytes its rows have, at once and whenever that changes. */
    fun storedBytes(): Flow<Long>

    /**
     * Works out what all photos say together; called at the end of each pass, also of one without new
     * photos, where one that was killed may have left it undone.
     */
    suspend fun finish() = Unit

    /** Deletes all that it found. */
    suspend fun deleteRows()
}

/** An analyzer in one of its versions, by their names. */
class Earlier(val analyzer: String, val version: String)

/** An [IndexAnalyzer] with its models open. */
interface IndexAnalysis : Closeable {
    /** What it found on each of these photos; null for one that cannot be read now. */
    suspend fun analyze(photos: List<PendingPhoto>): List<AnalysisRows?>
}

/** A photo that an analyzer has yet to see. */
class PendingPhoto(
    val item: Long,
    val volume: String,
    @ColumnInfo(name = "media_id") val mediaId: Long,
    val month: Int,
    @ColumnInfo(name = "taken_at_ms") val takenAtMs: Long
) {
    val key get() = PhotoKey(volume, mediaId)
}
