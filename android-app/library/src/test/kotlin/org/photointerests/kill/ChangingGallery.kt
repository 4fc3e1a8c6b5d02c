package org.photointerests.kill

import java.nio.ByteBuffer
import kotlin.random.Random
import org.photointerests.core.PhotoKey
import org.photointerests.pipeline.analysis.features.FeaturePipeline
import org.photointerests.pipeline.decode.Frame
import org.photointerests.pipeline.decode.reading
import org.photointerests.support.FakePhotoSource
import org.photointerests.support.TestBundle

private const val DAY_MS = 86_400_000L
private const val DAYS = 900
private const val VERSION_BYTES = 4

/** Photos of the golden set's kinds over some years, which come, change and go by a seed. */
class ChangingGallery(count: Int, seed: Int) {
    private val random = Random(seed)
    private val versions = sortedMapOf<Long, Int>()
    private var nextId = 0L
    val source = FakePhotoSource()

    init {
        repeat(count) { add() }
    }

    val size get() = versions.size

    fun add() = put(nextId++)

    fun edit() = put(versions.keys.random(random))

    fun delete() {
        val id = versions.keys.random(random)
        versions.remove(id)
        source.remove(PhotoKey("external_primary", id))
    }

    /** Some of each, a tenth of the gallery in all. */
    fun change() = repeat((size / 10).coerceAtLeast(3)) {
        listOf(::add, ::edit, ::delete)[it % 3]()
    }

    /** What a scan that nothing disturbed stores: each photo's features, by its number. */
    fun expected(): Map<Long, List<Byte>> =
        versions.mapValues { (id, version) -> featuresOf(content(id, version)).toList() }

    private fun put(id: Long) {
        val version = (versions[id] ?: 0) + 1
        versions[id] = version
        val takenAtMs = id % DAYS * DAY_MS
        source.put(id, content(id, version), takenAtMs, version.toLong())
    }

    private fun content(id: Long, version: Int): ByteArray =
        Random(id * 31 + version).nextBytes(VERSION_BYTES)
}

/** Reads a photo of [ChangingGallery] at once; [onRead] hears of each. */
class QuickPipeline(private val onRead: (List<Byte>) -> Unit = {}) : FeaturePipeline {
    override fun decode(frame: Frame): ByteBuffer =
        ByteBuffer.wrap(reading(frame.file) { it.readBytes() })

    override fun extract(pixels: ByteBuffer): ByteArray {
        onRead(pixels.array().toList())
        return featuresOf(pixels.array())
    }

    override fun close() = Unit
}

private val golden by lazy { TestBundle.goldenFeatures() }

private fun featuresOf(content: ByteArray) = golden[(content[0].toInt() and 255) % golden.size]
