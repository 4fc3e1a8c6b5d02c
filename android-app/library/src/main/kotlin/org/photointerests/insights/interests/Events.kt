package org.photointerests.insights.interests

/**
 * Weight of each photo of a month: 1 / the number of photos of its event.
 *
 * Photos are of one event where each was taken at most [gapMs] after the one before; one whose time
 * in [timesMs] is null is an event by itself. Events never span two months, so that the state of
 * some months is exactly the sum of theirs. Python does the same: `tests/contract/event_weights.json`.
 */
internal fun eventWeights(timesMs: List<Long?>, gapMs: Long): FloatArray {
    val weights = FloatArray(timesMs.size) { 1f }
    val inOrder = timesMs.indices.filter { timesMs[it] != null }.sortedBy { timesMs[it] }
    var begin = 0
    for (place in 1..inOrder.size) {
        val isSameEvent = place < inOrder.size &&
            checkNotNull(timesMs[inOrder[place]]) - checkNotNull(timesMs[inOrder[place - 1]]) <=
            gapMs
        if (isSameEvent) continue
        for (photo in inOrder.subList(begin, place)) weights[photo] = 1f / (place - begin)
        begin = place
    }
    return weights
}
