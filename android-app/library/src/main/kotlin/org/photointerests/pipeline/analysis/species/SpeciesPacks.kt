package org.photointerests.pipeline.analysis.species

import org.photointerests.core.AnalyzerCard
import org.photointerests.core.AnalyzerFiles
import org.photointerests.core.Label
import org.photointerests.core.ModelCard
import org.photointerests.core.PhotoKey
import org.photointerests.insights.interests.InterestModel
import org.photointerests.pipeline.analysis.IndexAnalyzer
import org.photointerests.pipeline.analysis.KindGate
import org.photointerests.pipeline.analysis.detections.Box
import org.photointerests.pipeline.analysis.detections.PhotoDetections
import org.photointerests.pipeline.index.PhotoDatabase
import org.photointerests.pipeline.media.PhotoSource

/** An animal by its species, how probable that is, and where it is or was looked for. */
data class FoundSpecies(val label: Label, val probability: Float, val box: Box)

/**
 * Birds and insects, whose models the user adds: their analyzers, and what these found.
 *
 * [objects] are null where nothing says where birds are. [installed] gives the files of a pack that
 * is there.
 */
class SpeciesPacks internal constructor(
    private val bundle: ModelCard,
    private val photos: PhotoSource,
    private val database: PhotoDatabase,
    private val objects: PhotoDetections?,
    private val installed: (name: String) -> AnalyzerFiles?,
    private val model: () -> InterestModel
) {
    /** Null for one that cannot work in this build. */
    internal fun analyzer(files: AnalyzerFiles): IndexAnalyzer? = places(files.card)?.let {
        SpeciesAnalyzer(files, bundle.input, photos, database.detections(), it)
    }

    /** What those of [NAMES] found whose models are there. */
    fun found(): Map<String, PhotoDetections> =
        NAMES.mapNotNull { name -> found(name)?.let { name to it } }.toMap()

    /** The species on a photo, most probable first; none where it is not analysed yet. */
    suspend fun ofPhoto(key: PhotoKey): List<FoundSpecies> = found().values.flatMap { one ->
        one.ofPhoto(key).map { FoundSpecies(one.card.labels[it.label], it.score, it.box) }
    }.sortedByDescending { it.probability }

    /** What one of [NAMES] found; null while its models are not there. */
    fun found(name: String): PhotoDetections? {
        val card = installed(name)?.card ?: return null
        val places = places(card) ?: return null
        val version = SpeciesAnalyzer.versionOf(card, bundle.input, places)
        return PhotoDetections(database.detections(), card, version)
    }

    private fun places(card: AnalyzerCard): AnimalPlaces? {
        if (card.name == SpeciesAnalyzer.BIRDS) {
            return objects?.let(::BirdPlaces)?.takeIf { it.isKnown }
        }
        val gate = KindGate(card, bundle, model)
        return InsectPlaces(bundle, database.features(), gate).takeIf { gate.isKnown }
    }

    companion object {
        /** Names of the analyzers. */
        val NAMES = listOf(SpeciesAnalyzer.BIRDS, SpeciesAnalyzer.INSECTS)
    }
}
