package org.photointerests.support

import java.io.File
import java.nio.ByteBuffer
import java.nio.ByteOrder
import org.photointerests.core.Bundle
import org.photointerests.core.BundleFiles
import org.photointerests.core.ModelCard
import org.photointerests.core.Shown
import org.photointerests.insights.interests.InterestModel

/** The folder of the bundle that the build ships. */
object TestBundle : BundleFolder("bundle")

/** That of a released bundle of format 1. */
object Format1Bundle : BundleFolder("format1Bundle")

/** That of a released bundle on another extractor. */
object OtherBundle : BundleFolder("otherBundle")

/** The folder of a bundle that a system property names. */
abstract class BundleFolder(property: String) {
    val folder = File(checkNotNull(System.getProperty(property)))
    val bundle by lazy { Bundle(FolderBundleFiles(folder)) }

    /**
     * The same with thresholds that three interests and three things on photos pass, of those that
     * are always shown, where each photo of the golden set is an event by itself.
     */
    val decided by lazy {
        val answer = InterestModel(bundle).use { it.predict(goldenFeatures().toTypedArray()) }
        val interest = ofThree(listOf(answer.readout.probabilities))
        val photo = ofThree(answer.photoProbabilities.asList())
        val text = bytes(ModelCard.FILE).decodeToString()
            .replace(Regex("\"interest\": [0-9.]+"), "\"interest\": $interest")
            .replace(Regex("\"photo\": [0-9.]+"), "\"photo\": $photo")
        Bundle(FolderBundleFiles(folder, mapOf(ModelCard.FILE to text.toByteArray())))
    }

    /** Halfway to the fourth: runtimes round for int8 weights in ways of their own. */
    private fun ofThree(probabilities: List<FloatArray>): Float {
        val shown = bundle.card.interests.indices
            .filter { bundle.card.interests[it].shown == Shown.ALWAYS }
        val (third, fourth) = probabilities.flatMap { row -> shown.map { row[it] } }
            .sortedDescending().subList(2, 4)
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

    /** Weight of each photo of the golden set; 1 in format 1. */
    fun goldenWeights(): FloatArray = bundle.card.golden.set.weights?.let(::floats)
        ?: FloatArray(goldenFeatures().size) { 1f }
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
