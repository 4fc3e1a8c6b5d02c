package org.photointerests.support

import java.io.File
import java.util.Base64
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.photointerests.core.AnalyzerCard

/** The golden photos that Python wrote for the analyzer of scenes. */
object GoldenScenes {
    /** Features of each photo with what Python got. */
    val photos by lazy { read(TestScenes.folder, TestScenes.files.card) }

    /** Id of the group that Python found on each photo; null for none. */
    val groups: List<String?> by lazy {
        photos.map { (_, photo) ->
            val group = photo.getValue("row").jsonObject.getValue("group").jsonPrimitive
            group.content.takeIf { group.isString }
        }
    }

    /** Those of an analyzer in a folder. */
    fun read(folder: File, card: AnalyzerCard): List<Pair<ByteArray, JsonObject>> {
        val text = File(folder, checkNotNull(card.golden)).readText()
        return Json.parseToJsonElement(text).jsonObject.getValue("photos").jsonArray.map {
            val photo = it.jsonObject
            val features = photo.getValue("features").jsonPrimitive.content
            Base64.getDecoder().decode(features) to photo
        }
    }
}

fun JsonObject.floats(key: String): List<Float> =
    (getValue(key) as JsonArray).map { it.jsonPrimitive.content.toFloat() }
