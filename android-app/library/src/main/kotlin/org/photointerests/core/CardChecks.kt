package org.photointerests.core

import org.photointerests.pipeline.decode.resize

/** Refuses what this app cannot do, and parts that do not fit together. */
internal fun ModelCard.check() {
    expect("format", 1, format)
    input.check()
    expect("features.dtype", "uint8", features.dtype)
    val known = areas.map { it.id }
    expect("area ids", known.distinct(), known)
    val ids = categories.map { it.id }
    expect("category ids", ids.distinct(), ids)
    categories.forEach { expectIn("area of category ${it.id}", it.area, known) }
    (areas.map { it.names } + categories.map { it.names }).forEach {
        expectIn("language of $it", "en", it.keys)
    }
    listOf(extractor.file, aggregator.runFile).forEach { expectIn("files", it, files.keys) }
    checkAggregator()
}

private fun Input.check() {
    expect("input.channels", "RGB", channels)
    expect("input.dtype", "uint8", dtype)
    expect("input.resize", "squash", resize)
    expect("input.filter", "triangle", filter)
    expect("input.crop", "none", crop)
    expect("input.exif_orientation", true, exifOrientation)
    expect("input.color_space", "sRGB", colorSpace)
    expect("input.background channels", channels.length, background.size)
    expect("input.reduced_decode.factors", reducedDecode.factors.sorted(), reducedDecode.factors)
    expect("first of input.reduced_decode.factors", 1, reducedDecode.factors.firstOrNull())
}

private fun ModelCard.checkAggregator() {
    val state = aggregator.state
        ?: throw CardException("aggregator.state: expected one, to add photos to; received null")
    val interests = categories.size
    // Evidence of each interest; after it may stand what all of them share.
    if (state.shape.size != 1 || state.shape.single() < interests) {
        expect("aggregator.state.shape", "[$interests or more]", state.shape)
    }
    expect("aggregator.state.merge", "logaddexp", state.merge)
    val photos = "features" to listOf("N", "${features.dimension}")
    val merged = "state" to listOf("${state.shape.single()}")
    val perPhoto = listOf("N", "$interests")
    val total = "probabilities" to listOf("$interests")
    val expected = mapOf(
        "predict" to Pair(
            mapOf(photos),
            mapOf(total, "contributions" to perPhoto, "photo_probabilities" to perPhoto)
        ),
        "update" to Pair(mapOf(photos, merged), mapOf(merged)),
        "finish" to Pair(mapOf(merged), mapOf(total))
    )
    val received = aggregator.signatures.mapValues { (_, signature) ->
        Pair(signature.inputs.sizes(), signature.outputs.sizes())
    }
    expect("aggregator.signatures", expected, received)
}

private fun Map<String, List<kotlinx.serialization.json.JsonPrimitive>>.sizes() =
    mapValues { (_, shape) -> shape.map { it.content } }

private fun expect(what: String, expected: Any, received: Any?) {
    if (expected != received) {
        throw CardException("$what: expected $expected, received $received")
    }
}

private fun expectIn(what: String, received: String, known: Collection<String>) {
    if (received !in known) throw CardException("$what: expected one of $known, received $received")
}
