package org.photointerests.search

import java.util.BitSet
import org.photointerests.core.Named
import org.photointerests.pipeline.analysis.scenes.PhotoScenes
import org.photointerests.pipeline.analysis.scenes.SceneDao
import org.photointerests.pipeline.analysis.scenes.Setting

private const val SCENE = "scene"
private const val GROUP = "group"

/** Scenes, groups of scenes, indoors and outdoors, by their ids in the card. */
internal class SceneSearchSource(private val rows: SceneDao, private val scenes: PhotoScenes) :
    SearchSource {
    override val name get() = NAME

    private val card = scenes.card

    override suspend fun documents(): List<SearchEntry> = scenes.named().map { (reference, named) ->
        SearchEntry(reference, named.names.values.distinct().joinToString(" "))
    }

    override suspend fun photos(references: List<String>): Map<String, BitSet> {
        val found = references.mapNotNull { it.place(SCENE) }.takeIf { it.isNotEmpty() }
            ?.let { rows.ofScenes(scenes.version, it, scenes.least) }.orEmpty()
            .byReference { "$SCENE/$it" }
        val groups = references.mapNotNull { it.place(GROUP) }.takeIf { it.isNotEmpty() }
            ?.let { rows.ofGroups(scenes.version, it) }.orEmpty().byReference { "$GROUP/$it" }
        val settings = Setting.entries.map { it.id }.filter { it in references }
            .takeIf { it.isNotEmpty() }
            ?.let { rows.byIndoor(scenes.version) }.orEmpty().byReference(::settingOf)
        return found + groups + settings.filterKeys { it in references }
    }

    override suspend fun counts(): Map<String, Int> = rows.sceneCounts(scenes.version, scenes.least)
        .associate { "$SCENE/${it.reference}" to it.photos } +
        rows.groupCounts(scenes.version).associate { "$GROUP/${it.reference}" to it.photos }

    private fun settingOf(indoor: String) =
        (if (indoor == "1") Setting.INDOORS else Setting.OUTDOORS).id

    private fun String.place(kind: String) =
        takeIf { startsWith("$kind/") }?.substringAfter('/')?.toIntOrNull()
            ?.takeIf { it in (if (kind == SCENE) card.labels else card.groups).indices }

    companion object {
        const val NAME = "scenes"
    }
}

/** All that has a name, by its reference in searches. */
fun PhotoScenes.named(): Map<String, Named> =
    card.labels.withIndex().associate { (place, it) -> "$SCENE/$place" to it } +
        card.groups.withIndex().associate { (place, it) -> "$GROUP/$place" to it } +
        Setting.entries.associateBy { it.id }
