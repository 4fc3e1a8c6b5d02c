package org.photointerests.model

import android.content.res.AssetManager
import java.nio.Buffer
import java.nio.ByteBuffer
import java.nio.ByteOrder

private const val FOLDER = "bundle"

/** The bundle in the app's assets. */
class AssetBundleFiles(private val assets: AssetManager) : BundleFiles {
    override fun map(name: String): ByteBuffer {
        val content = assets.open("$FOLDER/$name").use { it.readBytes() }
        return ByteBuffer.allocateDirect(content.size).order(ByteOrder.nativeOrder()).apply {
            put(content)
            (this as Buffer).flip() // ByteBuffer.flip() itself is missing before Android 9
        }
    }
}
