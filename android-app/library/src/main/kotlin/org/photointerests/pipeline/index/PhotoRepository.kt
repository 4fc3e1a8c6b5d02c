package org.photointerests.pipeline.index

import kotlinx.coroutines.flow.Flow
import org.photointerests.pipeline.analysis.features.FeaturesAnalyzer

/** How far the photos are analysed, for screens; [version] is that of the extractor. */
class PhotoRepository(private val media: MediaDao, private val version: String) {
    /** At once, and again whenever a photo was analysed. */
    val counts: Flow<StoreCounts> get() = media.counts(FeaturesAnalyzer.NAME, version)

    /** The first [limit] photos that could not be analysed, at once and whenever these change. */
    fun failures(limit: Int): Flow<List<FailedPhoto>> =
        media.failures(FeaturesAnalyzer.NAME, version, limit)

    /** Why a photo was not analysed; null for one that was, or that no scan has met. */
    suspend fun problem(volume: String, mediaId: Long) =
        media.problem(FeaturesAnalyzer.NAME, version, volume, mediaId)?.let(::photoProblemOf)
}
