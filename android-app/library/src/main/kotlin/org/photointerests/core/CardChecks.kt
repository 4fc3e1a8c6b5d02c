package org.photointerests.core

import org.photointerests.pipeline.decode.resize

/** Name of an output: the probability of each interest on each photo. */
internal const val PHOTO_PROBABILITIES = "photo_probabilities"

/** Refuses what this app cannot do, and parts that do not fit together. */
internal fun ModelCard.check() {
    input.check()
    expect("features.dtype", "uint8", features.dtype)
    val known = areas.map { it.id }
    expect("area ids", known.distinct(), known)
    val ids = interests.map { it.id }
    expect("interest ids", ids.distinct(), ids)
    interests.forEach { expectIn("area of interest ${it.id}", it.area, known) }
    (areas.map { it.names } + interests.map { it.names } + kinds.map { it.names }).forEach {
        expectIn("language of $it", "en", it.keys)
    }
    checkKinds(ids.toSet())
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

private fun ModelCard.checkKinds(interestIds: Set<String>) {
    val ids = kinds.map { it.id }
    expect("kind ids", ids.distinct(), ids)
    for (kind in kinds) {
        kind.interests.forEach { (interest, weight) ->
            expectIn("interest of kind ${kind.id}", interest, interestIds)
            if (weight !in 0f..1f) {
                expect("weight of kind ${kind.id} for $interest", "0 to 1", weight)
            }
        }
    }
    if (format == 1) return
    val gap = events?.gapMinutes
    if (gap == null || gap <= 0) expect("events.gap_minutes", "more than 0", gap)
    val set = golden.set
    mapOf(
        "thresholds.kind" to thresholds.kind,
        "golden.set.weights" to set.weights,
        "golden.set.kind_probabilities" to set.kindProbabilities,
        "golden.set.photos" to set.photos,
        "golden.set.events" to set.events
    ).forEach { (key, value) -> if (value == null) expect(key, "a value", value) }
}

private fun ModelCard.checkAggregator() {
    val state = aggregator.state
        ?: throw CardException("aggregator.state: expected one, to add photos to; received null")
    val photos = mapOf("features" to listOf("N", "${features.dimension}"))
    val perPhoto = listOf("N", "${interests.size}")
    val ofPhotos = mapOf("contributions" to perPhoto, PHOTO_PROBABILITIES to perPhoto)
    val ofAll = "probabilities" to listOf("${interests.size}")
    if (format == 1) {
        // Evidence of each interest; after it may stand what all of them share.
        if (state.shape.size != 1 || state.shape.single() < interests.size) {
            expect("aggregator.state.shape", "[${interests.size} or more]", state.shape)
        }
        expect("aggregator.state.merge", "logaddexp", state.merge)
        checkSignatures(state, photos, mapOf(ofAll), ofPhotos)
    } else {
        val rows = state.shape.firstOrNull() ?: 0
        expect("aggregator.state.shape", listOf(rows, interests.size + kinds.size), state.shape)
        expect("aggregator.state.merge", "add", state.merge)
        expect("aggregator.state.initial", 0f, state.initial)
        val ofKinds = "kind_probabilities" to listOf("${kinds.size}")
        val strength = listOf("photos", "events", "evident").associateWith { ofAll.second }
        checkSignatures(
            state,
            photos + ("weights" to listOf("N")),
            strength + ofAll + ofKinds,
            ofPhotos + ("photo_kind_probabilities" to listOf("N", "${kinds.size}"))
        )
    }
}

/** Compares names and shapes of all inputs and outputs with those that this app uses. */
private fun ModelCard.checkSignatures(
    state: State,
    photos: Map<String, List<String>>,
    ofAll: Map<String, List<String>>,
    ofPhotos: Map<String, List<String>>
) {
    val merged = mapOf("state" to state.shape.map { "$it" })
    // Bundles of format 2 may give it, as everyday does since 2.0.1.
    val shown = PHOTO_PROBABILITIES.takeIf { format > 1 && updateGivesPhotoProbabilities }
    val expected = mapOf(
        "predict" to Pair(photos, ofAll + ofPhotos),
        "update" to Pair(photos + merged, merged + ofPhotos.filterKeys { it == shown }),
        "finish" to Pair(merged, ofAll)
    )
    val received = aggregator.signatures.mapValues { (_, signature) ->
        Pair(signature.inputs.sizes(), signature.outputs.sizes())
    }
    expect("aggregator.signatures", expected, received)
}

private fun Map<String, List<kotlinx.serialization.json.JsonPrimitive>>.sizes() =
    mapValues { (_, shape) -> shape.map { it.content } }

internal fun expect(what: String, expected: Any, received: Any?) {
    if (expected != received) {
        throw CardException("$what: expected $expected, received $received")
    }
}

internal fun expectIn(what: String, received: String, known: Collection<String>) {
    if (received !in known) throw CardException("$what: expected one of $known, received $received")
}
