package org.photointerests.pipeline.analysis.places

import java.io.IOException
import kotlinx.coroutines.flow.map
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import org.photointerests.core.AnalyzerFiles
import org.photointerests.pipeline.analysis.AnalysisRows
import org.photointerests.pipeline.analysis.IndexAnalysis
import org.photointerests.pipeline.analysis.IndexAnalyzer
import org.photointerests.pipeline.analysis.PendingPhoto
import org.photointerests.pipeline.media.PositionSource

/** Stores the place in which each photo was taken, by the position in its file. */
class PlaceAnalyzer(
    private val files: AnalyzerFiles,
    private val positions: PositionSource,
    private val rows: PlaceDao
) : IndexAnalyzer {
    override val name get() = NAME

    override val version = files.card.contentVersion

    /** Null where the user does not let the app see positions: the photos wait for that. */
    override suspend fun open(): IndexAnalysis? =
        if (positions.isAllowed()) PlaceAnalysis(PlacesFile.read(files.model())) else null

    override fun storedBytes() = rows.count().map { it * PhotoPlaceRow.BYTES }

    override suspend fun deleteRows() = rows.deleteAll()

    private inner class PlaceAnalysis(private val places: PlacesFile) : IndexAnalysis {
        private val finder =
            PlaceFinder(places, files.card.thresholds.getValue("distance_km").toDouble())

        override suspend fun analyze(photos: List<PendingPhoto>): List<AnalysisRows?> =
            photos.map { photo ->
                try {
                    val place = positions.positionOf(photo.key)?.let(finder::find)
                    AnalysisRows { rows.replace(it.item, place?.let { at -> row(it.version, at) }) }
                } catch (_: IOException) {
                    null
                }
            }

        private fun row(version: Long, place: Int) = PlaceRow(
            version,
            place,
            places.names(place).json(),
            places.country(place).code,
            places.country(place).names.json(),
            places.latitude(place),
            places.longitude(place)
        )

        override fun close() = Unit
    }

    companion object {
        const val NAME = "place"
    }
}

private fun Map<String, String>.json() = JsonObject(
    mapValues {
        JsonPrimitive(it.value)
    }
).toString()

/** Names by language that a row has as JSON. */
internal fun String.namesByLanguage(): Map<String, String> =
    Json.decodeFromString<Map<String, String>>(this)
