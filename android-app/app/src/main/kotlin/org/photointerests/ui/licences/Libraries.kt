package org.photointerests.ui.licences

import android.content.res.AssetManager
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.produceState
import androidx.compose.ui.platform.LocalContext
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import org.json.JSONArray
import org.json.JSONObject

private const val LISTING = "app/cash/licensee/artifacts.json"

/** A library in this app, and the names of its licences. */
data class Library(val coordinates: String, val version: String, val licences: List<String>)

/** What the build listed of the libraries in this app, by name. */
fun AssetManager.libraries(): List<Library> {
    val artifacts = JSONArray(open(LISTING).use { it.readBytes().decodeToString() })
    return artifacts.objects().map { artifact ->
        val names = artifact.licences("spdxLicenses") + artifact.licences("unknownLicenses")
        val coordinates = artifact.getString("groupId") + ":" + artifact.getString("artifactId")
        Library(coordinates, artifact.getString("version"), names.distinct())
    }.sortedBy { it.coordinates }
}

private fun JSONObject.licences(key: String): List<String> = optJSONArray(key)?.objects().orEmpty()
    .map { it.optString("name").ifEmpty { it.optString("url") } }

private fun JSONArray.objects() = (0 until length()).map(::getJSONObject)

/** Null until they are read. */
@Composable
internal fun rememberLibraries(): List<Library>? {
    val assets = LocalContext.current.assets
    val libraries by produceState<List<Library>?>(null) {
        value = withContext(Dispatchers.IO) { assets.libraries() }
    }
    return libraries
}
