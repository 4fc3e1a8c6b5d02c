package org.photointerests.recommendations

import org.photointerests.core.Named
import org.photointerests.core.PhotoKey

/**
 * A product, and why.
 *
 * [score] is the larger the better, [match] the same in parts of the best product's. [interest],
 * or a kind of what photos show, contributed most, with its [probability], and of all photos [photos] did, the first one most.
 * [suits] is false where [interest] is none of the user's: such products only fill the list.
 * [link] leads to the web, or is null; [thumbnail] is a small picture, or null.
 */
class Recommendation(
    val row: Int,
    val id: String,
    val title: String,
    val link: String?,
    val score: Double,
    val match: Double,
    val interest: Named,
    val probability: Float,
    val photos: List<PhotoKey>,
    val suits: Boolean,
    val thumbnail: ByteArray?
)
