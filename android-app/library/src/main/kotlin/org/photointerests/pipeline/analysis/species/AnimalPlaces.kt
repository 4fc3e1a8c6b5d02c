package org.photointerests.pipeline.analysis.species

import org.photointerests.core.ModelCard
import org.photointerests.pipeline.analysis.Earlier
import org.photointerests.pipeline.analysis.KindGate
import org.photointerests.pipeline.analysis.detections.Box
import org.photointerests.pipeline.analysis.detections.PhotoDetections
import org.photointerests.pipeline.analysis.features.FeatureDao

/** Where an animal is on a photo. */
internal sealed interface AnimalPlace {
    /** In each of these [boxes] is one. */
    class Boxes(val boxes: List<Box>) : AnimalPlace

    /** The photo is of one. */
    data object Middle : AnimalPlace
}

/** Knows where animals are to be named, by what was found before. */
internal interface AnimalPlaces {
    /** Names what decides where they are. */
    val version: String

    /** What has to be done with a photo before; null where its features are enough. */
    val after: Earlier?

    /** Where they are on the photos of some [items]; those without any have no entry. */
    suspend fun on(items: List<Long>): Map<Long, AnimalPlace>
}

/** The boxes of birds that the detector of [objects] found. */
internal class BirdPlaces(private val objects: PhotoDetections) : AnimalPlaces {
    private val label = objects.card.labels.indexOfFirst { it.id == INSIDE }

    /** Whether the detector knows birds. */
    val isKnown = label >= 0

    override val version get() = "in ${objects.version}"

    override val after get() = Earlier(objects.card.name, objects.version)

    override suspend fun on(items: List<Long>): Map<Long, AnimalPlace> =
        objects.boxes(label, items).mapValues { AnimalPlace.Boxes(it.value) }

    private companion object {
        const val INSIDE = "bird"
    }
}

/** The middle of photos of which the classifier of photos sees an insect. */
internal class InsectPlaces(
    private val bundle: ModelCard,
    private val features: FeatureDao,
    private val gate: KindGate
) : AnimalPlaces {
    override val version get() = "by ${bundle.insightsVersion}"

    override val after get() = null

    override suspend fun on(items: List<Long>): Map<Long, AnimalPlace> {
        val stored = features.features(bundle.extractorVersion, items)
        val open = gate.isOpen(stored.map { it.features })
        val sought = stored.zip(open).filter { it.second }.map { it.first.item }
        return sought.associateWith { AnimalPlace.Middle }
    }
}
