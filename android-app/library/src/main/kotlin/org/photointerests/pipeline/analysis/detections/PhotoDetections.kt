package org.photointerests.pipeline.analysis.detections

import org.photointerests.core.AnalyzerCard
import org.photointerests.core.Input
import org.photointerests.core.PhotoKey

/** Reads what an analyzer with a [card] of things found on photos, in one [version] of it. */
class PhotoDetections(
    private val rows: DetectionDao,
    val card: AnalyzerCard,
    internal val version: String
) {
    /** Of a detector that sees photos by the [rule] of the bundle. */
    constructor(rows: DetectionDao, card: AnalyzerCard, rule: Input) :
        this(rows, card, DetectionAnalyzer.versionOf(card, rule))

    /** What was found on a photo, best first; nothing where it is not analysed yet. */
    suspend fun ofPhoto(key: PhotoKey): List<Detection> =
        rows.ofPhoto(card.name, version, key.volume, key.id).map { it.detection() }

    /** Where things of a label are, by the items of photos; those of others have none. */
    internal suspend fun boxes(label: Int, items: List<Long>): Map<Long, List<Box>> =
        rows.ofItems(card.name, version, label, items)
            .groupBy({ it.item }, { it.detection().box })

    /** Items of the photos with things of some labels, by the place of the label in the card. */
    internal suspend fun items(labels: List<Int>) = rows.ofLabels(card.name, version, labels)

    /** How many photos have things of each label. */
    internal suspend fun counts() = rows.labelCounts(card.name, version)

    /** Each photo with things of a label. */
    internal suspend fun perPhoto(label: Int) = rows.perPhoto(card.name, version, label)
}
