package org.photointerests.support

import java.io.File
import java.nio.ByteBuffer
import java.nio.ByteOrder
import org.photointerests.model.Bundle
import org.photointerests.model.BundleFiles

/** The folder of the bundle that the build ships. */
object TestBundle {
    val folder = File(checkNotNull(System.getProperty("bundle")))
    val bundle by lazy { Bundle(FolderBundleFiles(folder)) }

    fun bytes(name: String): ByteArray = File(folder, name).readBytes()

    fun floats(name: String): FloatArray {
        val buffer = ByteBuffer.wrap(bytes(name)).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer()
        return FloatArray(buffer.remaining()).also { buffer.get(it) }
    }

    /** Features of the golden set, a row for each photo. */
    fun goldenFeatures(): List<ByteArray> = bytes(bundle.card.golden.set.features).toList()
        .chunked(bundle.card.features.dimension) { it.toByteArray() }
}

/** A bundle in a folder, with files that a test may replace. */
class FolderBundleFiles(
    private val folder: File,
    private val replaced: Map<String, ByteArray> = emptyMap()
) : BundleFiles {
    override fun map(name: String): ByteBuffer {
        val content = replaced[name] ?: File(folder, name).readBytes()
        return ByteBuffer.allocateDirect(content.size).order(ByteOrder.nativeOrder()).apply {
            put(content)
            flip()
        }
    }
}
