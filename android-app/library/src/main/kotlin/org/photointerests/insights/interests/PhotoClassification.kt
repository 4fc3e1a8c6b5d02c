package org.photointerests.insights.interests

import kotlinx.coroutines.flow.first
import org.photointerests.core.Category
import org.photointerests.core.ModelCard
import org.photointerests.core.PhotoKey
import org.photointerests.feedback.FeedbackDao
import org.photointerests.feedback.RejectedPhoto
import org.photointerests.feedback.feedback
import org.photointerests.pipeline.analysis.features.FeatureDao

/** Classifies photos one by one, from their stored features. */
internal class PhotoClassification(
    private val features: FeatureDao,
    private val feedback: FeedbackDao,
    private val card: ModelCard,
    private val model: InterestModel,
    private val visible: ShownInterests
) {
    /** What is on a photo, without what the user rejected; null where it was not scanned. */
    suspend fun findings(key: PhotoKey): PhotoFindings? {
        val photo = features.features(card.extractorVersion, key.volume, key.id) ?: return null
        val answer = model.predict(arrayOf(photo.features), withKinds = true)
        val onPhoto = answer.photoProbabilities.single()
        val seen = visible.all()
        val rejected = feedback.feedback().first().rejected
        val findings = card.interests.zip(onPhoto.asList(), ::Finding)
            .filter { it.category in seen && it.probability >= card.thresholds.photo }
            .filter { RejectedPhoto(photo.item, it.category.id) !in rejected }
        return PhotoFindings(
            key,
            photo.takenAtMs,
            photo.utcOffsetS,
            findings.sortedByDescending { it.probability },
            answer.photoKinds?.single()?.let { kinds(it, photo.item, seen, rejected) }.orEmpty()
        )
    }

    /** Kinds that are surely there, but for those of what is not shown, or not on this photo. */
    private fun kinds(
        onPhoto: FloatArray,
        item: Long,
        seen: Set<Category>,
        rejected: Set<RejectedPhoto>
    ): List<FoundKind> {
        val ids = seen.map { it.id }.toSet()
        return card.kinds.zip(onPhoto.asList(), ::FoundKind)
            .filter { it.probability >= card.thresholds.photo }
            .filter { found ->
                found.kind.mainInterests.all { it in ids && RejectedPhoto(item, it) !in rejected }
            }
            .sortedByDescending { it.probability }
    }

    /** Probability of each interest and then of each kind, on pictures by themselves. */
    fun onPictures(features: Array<ByteArray>): List<FloatArray> {
        val answer = model.predict(features, withKinds = true)
        return answer.photoProbabilities.mapIndexed { row, interests ->
            answer.photoKinds?.let { interests + it[row] } ?: interests
        }
    }
}
