package org.photointerests.pipeline.analysis.detections

/** A rectangle on an upright photo; all numbers are shares of its sides. */
data class Box(val left: Float, val top: Float, val width: Float, val height: Float) {
    /** Share of the photo that it covers. */
    val area get() = width * height
}

/** Something found on a photo: the place of its label in the card, 0 to 1 how sure, and where. */
data class Detection(val label: Int, val score: Float, val box: Box)
