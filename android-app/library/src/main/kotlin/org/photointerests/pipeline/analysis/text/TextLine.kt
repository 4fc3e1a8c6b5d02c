package org.photointerests.pipeline.analysis.text

import org.photointerests.pipeline.analysis.detections.Box

/** A line of text: the mean probability of its characters, and the upright rectangle around it. */
data class TextLine(val text: String, val score: Float, val box: Box)
