package org.photointerests.support

import java.io.ByteArrayOutputStream
import java.io.IOException
import java.nio.ByteBuffer
import java.nio.ByteOrder
import java.security.MessageDigest
import kotlin.math.log10
import kotlin.math.roundToInt
import org.photointerests.core.AnalyzerFiles
import org.photointerests.core.PhotoKey
import org.photointerests.pipeline.media.GeoLocation
import org.photointerests.pipeline.media.PositionSource

/** A place of a list; [german] is its German name, where that is another one. */
class TestPlace(
    val latitude: Double,
    val longitude: Double,
    val people: Double,
    val country: Int,
    val name: String,
    val german: String? = null
)

/** A small list of places, in the format that Python writes. */
object TestPlaces {
    val all = listOf(
        TestPlace(-33.92, 18.42, 433_688.0, 2, "Cape Town", "Kapstadt"),
        TestPlace(40.3057, -3.7329, 184_000.0, 0, "Getafe"),
        TestPlace(40.4165, -3.7026, 3_255_944.0, 0, "Madrid"),
        TestPlace(48.137, 11.575, 1_505_005.0, 1, "Munich", "München"),
        TestPlace(48.16, 11.60, 1_000.0, 1, "Village by Munich")
    )

    fun bytes(places: List<TestPlace> = all): ByteArray {
        val names = places.withIndex().filter { it.value.german != null }
            .joinToString(",") { "[${it.index},{\"de\":\"${it.value.german}\"}]" }
        val header = "{\"places\":${places.size},\"countries\":[" +
            "[\"ES\",{\"en\":\"Spain\",\"de\":\"Spanien\"}]," +
            "[\"DE\",{\"en\":\"Germany\",\"de\":\"Deutschland\"}]," +
            "[\"ZA\",{\"en\":\"South Africa\",\"de\":\"Südafrika\"}]]," +
            "\"other_names\":[$names]}\n"
        val numbers = ByteBuffer.allocate(6 * places.size).order(ByteOrder.LITTLE_ENDIAN)
        places.forEach { numbers.putShort((it.latitude / 90 * 32_767).roundToInt().toShort()) }
        places.forEach { numbers.putShort((it.longitude / 180 * 32_767).roundToInt().toShort()) }
        places.forEach { numbers.put((16 * log10(it.people)).roundToInt().toByte()) }
        places.forEach { numbers.put(it.country.toByte()) }
        return ByteArrayOutputStream().apply {
            write(header.toByteArray())
            write(numbers.array())
            write(places.joinToString("\n") { it.name }.toByteArray())
        }.toByteArray()
    }

    /** The analyzer with this list. */
    fun files(places: List<TestPlace> = all): AnalyzerFiles {
        val bytes = bytes(places)
        val card = """{"format": 1, "name": "place", "version": "1.0.0", "license": "CC-BY-4.0",
            "input": {"kind": "position"}, "model": "places.bin", "labels": [], "groups": [],
            "gate": [], "thresholds": {"distance_km": 30.0}, "training_data": "None.",
            "sources": [], "files": {"places.bin": {"bytes": ${bytes.size},
            "sha256": "${bytes.sha256()}"}}}"""
        return AnalyzerFiles("place") {
            ByteBuffer.wrap(if (it == "card.json") card.toByteArray() else bytes)
        }
    }
}

private fun ByteArray.sha256() =
    MessageDigest.getInstance("SHA-256").digest(this).joinToString("") { "%02x".format(it) }

/** Positions that a test gives; a photo with none of these cannot be read. */
class FakePositions(val positions: MutableMap<PhotoKey, GeoLocation?>) : PositionSource {
    var allowed = true

    /** Photos that were asked for, in this order. */
    val asked = mutableListOf<PhotoKey>()

    override fun isAllowed() = allowed

    override fun positionOf(key: PhotoKey): GeoLocation? {
        asked += key
        if (key !in positions) throw IOException("$key is gone")
        return positions[key]
    }
}
