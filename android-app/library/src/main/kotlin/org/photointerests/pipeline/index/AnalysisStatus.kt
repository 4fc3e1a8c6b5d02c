package org.photointerests.pipeline.index

import androidx.room.Entity
import androidx.room.ForeignKey
import androidx.room.Index
import androidx.room.PrimaryKey
import org.photointerests.pipeline.decode.PhotoProblem

/** An analyzer in one of its versions; [id] stands for both in other tables. */
@Entity(tableName = "analyzer_versions", indices = [Index("analyzer", "version", unique = true)])
class AnalyzerVersion(@PrimaryKey val id: Long?, val analyzer: String, val version: String)

/** How far an analyzer is with a photo, by the number that the database keeps. */
object AnalysisState {
    /** Marked before the photo is decoded: what ends the process leaves it behind. */
    const val STARTED = 1
    const val DONE = 2
    const val FAILED = 3
}

/**
 * How far an [analyzer] is with a photo; [version] is the id of an [AnalyzerVersion].
 *
 * [attempts] counts failures, and [reason] names the last one.
 */
@Entity(
    tableName = "analysis_status",
    primaryKeys = ["item", "analyzer"],
    indices = [Index("version", "state", "item")],
    foreignKeys = [
        ForeignKey(
            entity = MediaItem::class,
            parentColumns = ["item"],
            childColumns = ["item"],
            onDelete = ForeignKey.CASCADE
        )
    ]
)
data class AnalysisStatus(
    val item: Long,
    val analyzer: String,
    val version: Long,
    val state: Int,
    val attempts: Int = 0,
    val reason: String? = null
)

/** How often a photo is tried that fails for a reason that may pass. */
const val MAX_ATTEMPTS = 5

/** How often a photo may end the process. */
const val MAX_CRASHES = 2

/** Reads a stored reason; one that another version of this app wrote counts as a broken file. */
fun photoProblemOf(reason: String?): PhotoProblem =
    PhotoProblem.entries.find { it.name == reason } ?: PhotoProblem.BROKEN
