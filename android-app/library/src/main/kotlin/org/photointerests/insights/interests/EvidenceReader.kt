package org.photointerests.insights.interests

/** Reads what all photos say together, and each by itself. */
internal class EvidenceReader(
    private val stored: FeatureStore,
    private val model: InterestModel,
    private val months: PeriodEvidence,
    private val photos: PhotoClassification
) {
    /** Null where no photo was scanned; what the user rejected is not on a photo. */
    suspend fun evidence(): Evidence? {
        val all = months.months(Period.All)
        if (all.isEmpty()) return null
        val readout = model.readout(months.state(all))
        return Evidence(
            all.sumOf { it.photos },
            readout.probabilities + readout.kindProbabilities
        ) { action -> all.forEach { forEachPhoto(it.month, action) } }
    }

    private suspend fun forEachPhoto(month: Int, action: PhotoAction) {
        val rejected = stored.rejected(month)
        stored.forEachChunk(month) { chunk ->
            val onPhotos = photos.onPictures(chunk.features())
            chunk.forEachIndexed { row, photo ->
                rejected[photo.item].orEmpty().forEach { onPhotos[row][it] = 0f }
                action(photo.key, photo.features, onPhotos[row])
            }
        }
    }
}
