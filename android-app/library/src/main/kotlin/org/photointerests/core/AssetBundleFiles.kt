package org.photointerests.core

import android.content.res.AssetManager
import java.io.FileNotFoundException
import java.io.InputStream
import java.nio.Buffer
import java.nio.ByteBuffer
import java.nio.ByteOrder
import java.nio.channels.Channels
import java.nio.channels.FileChannel

/**
 * A [folder] in the app's assets: that of the bundle, or of an analyzer.
 *
 * What lies in the package as it is, is mapped. What is compressed is read: the card, and models, which
 * end in `.packed` there.
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
        open("$folder/$name").use(::read)
    }

    private fun open(path: String): InputStream = try {
        assets.open(path)
    } catch (_: FileNotFoundException) {
        assets.open(path + PACKED)
    }

    /** Without a second copy of what may be some megabytes. */
    private fun read(stream: InputStream): ByteBuffer {
        // All of it, of an asset.
        val content = directBuffer(stream.available())
        val channel = Channels.newChannel(stream)
        while (content.hasRemaining() && channel.read(content) >= 0) Unit
        (content as Buffer).flip() // ByteBuffer.flip() itself is missing before Android 9
        return content
    }

    private companion object {
        const val PACKED = ".packed"
    }
}
