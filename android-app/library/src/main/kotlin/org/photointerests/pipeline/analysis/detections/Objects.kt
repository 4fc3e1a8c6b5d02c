package org.photointerests.pipeline.analysis.detections

import org.photointerests.core.Label

private const val PERSON = "person"

/** Things of one label on a photo: how many, and the share of the photo that all of them cover. */
data class FoundObjects(val label: Label, val count: Int, val area: Float)

/** What was found by label, that which covers most of the photo first; people are counted elsewhere. */
fun List<Detection>.byLabel(labels: List<Label>): List<FoundObjects> = groupBy { it.label }
    .map { (label, all) ->
        FoundObjects(labels[label], all.size, all.sumOf { it.box.area.toDouble() }.toFloat())
    }
    .filter { it.label.id != PERSON }
    .sortedByDescending { it.area }
