package org.photointerests.support

import androidx.test.core.app.ApplicationProvider
import java.util.zip.ZipInputStream
import org.json.JSONObject

/** The pictures of the catalogue that comes with the app. */
object SampleProducts {
    private val parts: Map<String, ByteArray> by lazy {
        val context = ApplicationProvider.getApplicationContext<android.app.Application>()
        ZipInputStream(context.assets.open("sample.catalogue")).use { zip ->
            generateSequence { zip.nextEntry }.associate { it.name to zip.readBytes() }
        }
    }
    private val ids by lazy {
        parts.getValue("items.jsonl").decodeToString().trim().lines().map {
            JSONObject(it).getString("id")
        }
    }

    fun thumbnail(id: String): ByteArray =
        parts.getValue("thumbnails/%06d.webp".format(ids.indexOf(id)))
}
