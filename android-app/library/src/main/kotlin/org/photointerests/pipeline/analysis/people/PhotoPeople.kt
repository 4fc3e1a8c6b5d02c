package org.photointerests.pipeline.analysis.people

import org.photointerests.core.PhotoKey
import org.photointerests.pipeline.analysis.detections.Detection
import org.photointerests.pipeline.analysis.detections.PhotoDetections

private const val PERSON = "person"

/** Counts the people of photos from what detectors of [faces] and of [objects] found on them. */
class PhotoPeople(private val faces: PhotoDetections?, private val objects: PhotoDetections?) {
    private val person = objects?.card?.labels?.indexOfFirst { it.id == PERSON }?.takeIf { it >= 0 }

    /** The people on a photo; null where none was found. */
    suspend fun ofPhoto(key: PhotoKey): People? =
        of(faces?.ofPhoto(key).orEmpty(), objects?.ofPhoto(key).orEmpty())

    /** The people among what detectors found on one photo. */
    fun of(faces: List<Detection>, objects: List<Detection>): People? = countPeople(
        faces.size,
        faces.maxOfOrNull { it.box.area } ?: 0f,
        objects.count { it.label == person }
    )

    /** The people of every photo that shows any, by its item. */
    internal suspend fun all(): Map<Long, People> {
        val ofFaces = faces?.perPhoto(label = 0).orEmpty().associateBy { it.item }
        val ofPersons = person?.let { objects?.perPhoto(it) }.orEmpty().associateBy { it.item }
        return (ofFaces.keys + ofPersons.keys).associateWith { item ->
            val face = ofFaces[item]
            val persons = ofPersons[item]?.number ?: 0
            checkNotNull(countPeople(face?.number ?: 0, face?.largest ?: 0f, persons))
        }
    }
}
