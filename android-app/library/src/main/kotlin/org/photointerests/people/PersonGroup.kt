package org.photointerests.people

import org.photointerests.core.PhotoKey
import org.photointerests.pipeline.analysis.detections.Box

/** A face on a photo; its [id] is never given to another one. */
data class PersonFace(val id: Long, val photo: PhotoKey, val box: Box)

/**
 * Faces that are probably of one person.
 *
 * [name] is what the user calls it, null where they did not say; [photos] and [faces] are how many it
 * has on volumes that are mounted, and [cover] is the largest of these faces.
 */
data class PersonGroup(
    val id: Long,
    val name: String?,
    val photos: Int,
    val faces: Int,
    val cover: PersonFace
)

/** A face of a photo with the [group] that it belongs to, by its id, and the [name] of that. */
data class GroupedFace(val face: PersonFace, val group: Long, val name: String?)

/** A group of faces is not there any more: it was joined with another one, or deleted. */
class PeopleException(message: String) : Exception(message)
