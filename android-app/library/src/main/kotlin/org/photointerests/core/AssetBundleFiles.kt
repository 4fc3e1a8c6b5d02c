package org.photointerests.core

import android.content.res.AssetManager
import java.io.FileNotFoundException
import java.nio.Buffer
import java.nio.ByteBuffer
import java.nio.ByteOrder
import java.nio.channels.FileChannel

/**
 * A [folder] in the app's assets: that of the bundle, or of an analyzer.
 *
 * Models lie in the package as they are, on page boundaries: they are mapped, and take no memory of
 * the heap. What is compressed, such as the card, is read.
 */
class AssetBundleFiles(private val assets: AssetManager, private val folder: String = "bundle") :
    BundleFiles {
    override fun map(name: String): ByteBuffer = try {
        assets.openFd("$folder/$name").use { file ->
            file.createInputStream().channel.use { channel ->
                channel.map(FileChannel.MapMode.READ_ONLY, file.startOffset, file.declaredLength)
                    .order(ByteOrder.nativeOrder())
            }
        }
    } catch (_: FileNotFoundException) {
        read(name)
    }

    private fun read(name: String): ByteBuffer {
        val content = assets.open("$folder/$name").use { it.readBytes() }
        return ByteBuffer.allocateDirect(content.size).order(ByteOrder.nativeOrder()).apply {
            put(content)
            (this as Buffer).flip() // ByteBuffer.flip() itself is missing before Android 9
        }
    }
}
