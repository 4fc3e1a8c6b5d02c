package org.photointerests.insights.interests

import androidx.room.ColumnInfo
import androidx.room.withTransaction
import kotlinx.coroutines.flow.first
import org.photointerests.core.ModelCard
import org.photointerests.feedback.feedback
import org.photointerests.pipeline.index.PhotoDatabase

private const val PHOTOS_AT_ONCE = 512

/** Features of a photo, and its month. */
class PhotoOfMonth(
    val item: Long,
    val month: Int,
    @ColumnInfo(typeAffinity = ColumnInfo.BLOB) val features: ByteArray
)

/**
 * Which kinds each photo shows, worked out once for each when somebody searches: a scan has no time
 * for it, and interests do not need it.
 */
internal class PhotoKinds(
    private val database: PhotoDatabase,
    private val card: ModelCard,
    private val model: InterestModel
) {
    private val profiles = database.profiles()
    private val interests = card.kinds.map { it.mainInterests }

    /** Works out what is not known yet; bundles of format 1 know no kinds. */
    suspend fun update() {
        if (card.kinds.isEmpty()) return
        var last = Long.MIN_VALUE
        while (true) {
            val atOnce = minOf(PHOTOS_AT_ONCE, model.maximumPhotos)
            val photos = profiles.withoutKinds(card.extractorVersion, last, atOnce)
            if (photos.isEmpty()) return
            val found = kinds(photos)
            database.withTransaction {
                // Some may have been deleted meanwhile.
                val there = database.search().photos(photos.map { it.item }).map { it.item }.toSet()
                ifThereIsRoom { profiles.putKinds(found.filter { it.item in there }) }
            }
            last = photos.last().item
        }
    }

    private suspend fun kinds(photos: List<PhotoOfMonth>): List<PhotoKind> {
        val rejected = database.feedback().feedback().first().rejected
            .groupBy({ it.item }, { it.category })
        val features = Array(photos.size) { photos[it].features }
        val onPhotos = checkNotNull(model.predict(features, withKinds = true).photoKinds)
        return photos.flatMapIndexed { row, photo ->
            val hidden = rejected[photo.item].orEmpty()
            val shown = onPhotos[row].indices.filter { kind ->
                onPhotos[row][kind] >= card.thresholds.photo &&
                    interests[kind].none { it in hidden }
            }
            (shown + PhotoKind.LOOKED_AT).map { PhotoKind(photo.item, it, photo.month) }
        }
    }
}
