package org.photointerests.packs

import java.nio.ByteBuffer
import kotlinx.serialization.Serializable
import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import org.photointerests.core.CardException

private const val FORMAT = 1

/** A file of a model that this version of the app takes: the analyzer [name] in a [version]. */
@Serializable
data class KnownPack(val name: String, val version: String, val bytes: Long, val sha256: String) {
    /** What the file is called where it is published. */
    val file get() = "$name-$version.pack"
}

/** The list of all such files, which the app brings along: `models/packs.json`, by Python. */
@Serializable
internal class KnownPacks(val format: Int, val packs: List<KnownPack>) {
    companion object {
        const val FILE = "packs.json"

        /** Reads the list, the newest of an analyzer last; throws [CardException]. */
        fun parse(content: ByteBuffer): List<KnownPack> {
            val list = try {
                Json.decodeFromString<KnownPacks>(Charsets.UTF_8.decode(content).toString())
            } catch (error: SerializationException) {
                throw CardException("$FILE is no list of packs: ${error.message}", error)
            }
            if (list.format != FORMAT) {
                throw CardException("format of $FILE: expected $FORMAT, received ${list.format}")
            }
            return list.packs
        }
    }
}
