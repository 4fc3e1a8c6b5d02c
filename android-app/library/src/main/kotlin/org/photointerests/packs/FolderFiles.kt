package org.photointerests.packs

import java.io.File
import java.nio.ByteBuffer
import java.nio.ByteOrder
import java.nio.channels.FileChannel
import org.photointerests.core.BundleFiles

/** Files in a [folder]: they are mapped, and take no memory of the heap. */
internal class FolderFiles(private val folder: File) : BundleFiles {
    override fun map(name: String): ByteBuffer = File(folder, name).inputStream().channel.use {
        it.map(FileChannel.MapMode.READ_ONLY, 0, it.size()).order(ByteOrder.nativeOrder())
    }
}
