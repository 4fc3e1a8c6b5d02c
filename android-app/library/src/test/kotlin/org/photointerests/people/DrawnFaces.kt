package org.photointerests.people

import androidx.room.withTransaction
import java.util.Random
import kotlin.math.sqrt
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flowOf
import org.photointerests.core.PhotoKey
import org.photointerests.pipeline.analysis.RowTarget
import org.photointerests.pipeline.analysis.detections.Box
import org.photointerests.pipeline.index.PhotoDatabase
import org.photointerests.support.TestBundle
import org.photointerests.support.photoSample
import org.photointerests.support.put

private const val PERSONS_APART = 0.9
private const val FACES_APART = 0.2
internal const val RADIUS = 0.35f
internal const val DISTANCE = 0.4f

/** Numbers of a face that nobody has: two of one [person] are about .2 from each other. */
internal fun drawnFace(person: Int, seed: Int, size: Float = 0.1f): EmbeddedFace {
    val middle = Random(person.toLong())
    val noise = Random(person * 1000L + seed)
    return EmbeddedFace(
        Box(person / 100f, 0.2f, size, size),
        FloatArray(WIDTH) {
            val share = 1 / sqrt(2.0 * WIDTH)
            val number = middle.nextGaussian() * PERSONS_APART + noise.nextGaussian() * FACES_APART
            (number * share).toFloat()
        }
    )
}

internal fun photoKey(id: Int) = PhotoKey("external_primary", id.toLong())

/** Stores a photo with a face of each of these people, as a pass would; later ones are newer. */
internal suspend fun PhotoDatabase.putFaces(index: FaceIndex, photo: Int, vararg people: Int) {
    put(photoSample(photoKey(photo), byteArrayOf(1), takenAtMs = photo.toLong()))
    val item = checkNotNull(media().item("external_primary", photo.toLong())?.item)
    withTransaction {
        index.replace(RowTarget(item, 1, 0), people.map { drawnFace(it, photo) }, RADIUS)
    }
}

/** Groups in a database, with what runs; nothing where it is null. */
internal fun peopleGroups(
    database: PhotoDatabase,
    index: FaceIndex,
    running: Flow<String?> = flowOf(null)
) = PeopleGroups(database, index, TestBundle.bundle.card.extractorVersion, running)
