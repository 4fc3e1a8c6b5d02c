package org.photointerests.pipeline.analysis

import java.io.Closeable
import org.photointerests.pipeline.decode.Frame

/**
 * Something that is found out about every photo, and kept in rows of its own type.
 *
 * A photo is analysed again when [version] is another one: it names the model files and the rule by
 * which a photo is decoded. Features of two decode rules are two versions.
 */
interface Analyzer {
    /** Name in the index; never changes. */
    val name: String
    val version: String

    /** Opens the models for a scan. */
    suspend fun open(): Analysis
}

/** An [Analyzer] with its models open. */
interface Analysis : Closeable {
    /**
     * Makes the input of the model from a decoded photo.
     *
     * May run while the result of an earlier photo is computed. Throws
     * [org.photointerests.pipeline.decode.PhotoException].
     */
    fun prepare(frame: Frame): PreparedPhoto
}

/** The input of a model for one photo. */
fun interface PreparedPhoto {
    /** Runs the model. */
    fun analyze(): AnalysisRows
}

/** What an analyzer found on one photo. */
fun interface AnalysisRows {
    /** Writes the rows, in the transaction that marks the photo as done. */
    suspend fun write(target: RowTarget)
}

/** Which photo rows belong to; [version] is the id of the analyzer's version, [month] the photo's. */
class RowTarget(val item: Long, val version: Long, val month: Int)
