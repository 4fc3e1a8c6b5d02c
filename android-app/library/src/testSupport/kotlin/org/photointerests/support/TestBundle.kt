package org.photointerests.support

import java.io.File
import java.nio.ByteBuffer
import java.nio.ByteOrder
import org.photointerests.core.Bundle
import org.photointerests.core.BundleFiles
import org.photointerests.core.ModelCard

/** The folder of the bundle that the build ships. */
object TestBundle {
    val folder = File(checkNotNull(System.getProperty("bundle")))
    val bundle by lazy { Bundle(FolderBundleFiles(folder)) }

    /** The same with thresholds that the golden set passes: three interests are found. */
    val decided by lazy {
        val set = bundle.card.golden.set
        val text = bytes(ModelCard.FILE).decodeToString()
            .replace(Regex("\"interest\": [0-9.]+"), "\"interest\": ${ofThree(set.probabilities)}")
            .replace(Regex("\"photo\": [0-9.]+"), "\"photo\": ${ofThree(set.photoProbabilities)}")
        Bundle(FolderBundleFiles(folder, mapOf(ModelCard.FILE to text.toByteArray())))
    }

    /** Halfway to the fourth: runtimes round for int8 weights in ways of their own. */
    private fun ofThree(name: String): Float {
        val (third, fourth) = floats(name).sortedDescending().subList(2, 4)
        return (third + fourth) / 2
    }

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
