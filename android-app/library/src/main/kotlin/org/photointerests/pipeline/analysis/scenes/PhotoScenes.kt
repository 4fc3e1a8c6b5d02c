package org.photointerests.pipeline.analysis.scenes

import org.photointerests.core.AnalyzerCard
import org.photointerests.core.Label
import org.photointerests.core.LabelGroup
import org.photointerests.core.Named
import org.photointerests.core.PhotoKey

/**
 * The kind of place that a photo shows: [scene] is null where only its [group] is probable enough.
 * [setting] is indoors or outdoors.
 */
class PhotoScene(val scene: Label?, val group: LabelGroup, val setting: Named)

/** Indoors and outdoors, which no card names. */
enum class Setting(override val names: Map<String, String>) : Named {
    INDOORS(
        mapOf(
            "en" to "Indoors",
            "de" to "Drinnen",
            "es" to "Interior",
            "fr" to "Intérieur",
            "tr" to "İç mekân"
        )
    ),
    OUTDOORS(
        mapOf(
            "en" to "Outdoors",
            "de" to "Draußen",
            "es" to "Exterior",
            "fr" to "Extérieur",
            "tr" to "Açık hava"
        )
    );

    override val id get() = name.lowercase()
}

/** Reads the scenes of photos. */
class PhotoScenes(
    private val rows: SceneDao,
    val card: AnalyzerCard,
    private val extractorVersion: String
) {
    /** Names what may be mixed. */
    internal val version get() = SceneAnalyzer.versionOf(card, extractorVersion)

    /** From which probability a scene is named, and not only its group. */
    internal val least get() = card.thresholds.getValue("description")

    /** The scene of a photo; null where it shows none, or is not analysed yet. */
    suspend fun scene(key: PhotoKey): PhotoScene? =
        rows.scene(version, key.volume, key.id)?.let { row ->
            PhotoScene(
                card.labels[row.scene].takeIf { row.probability >= least },
                card.groups[row.sceneGroup],
                if (row.indoor >= EVEN) Setting.INDOORS else Setting.OUTDOORS
            )
        }

    companion object {
        private const val EVEN = 0.5f
    }
}
