package org.photointerests.recommendations

import java.io.ByteArrayInputStream
import java.io.ByteArrayOutputStream
import java.util.zip.CRC32
import java.util.zip.ZipEntry
import java.util.zip.ZipInputStream
import java.util.zip.ZipOutputStream

/** The catalogue that Python made, and how it ranks it. */
internal object GoldenCatalogue {
    val bytes: ByteArray = resource("golden.catalogue")
    val ranking: String = resource("ranking.json").decodeToString()

    /** Its parts by name, for a test to change. */
    fun parts(): MutableMap<String, ByteArray> = linkedMapOf<String, ByteArray>().apply {
        ZipInputStream(ByteArrayInputStream(bytes)).use { zip ->
            while (true) put(zip.nextEntry?.name ?: break, zip.readBytes())
        }
    }

    private fun resource(name: String): ByteArray =
        checkNotNull(javaClass.getResourceAsStream("/recommendations/$name")).use { it.readBytes() }
}

/** A zip of these parts; [method] is how they are stored. */
internal fun zipped(parts: Map<String, ByteArray>, method: Int = ZipEntry.STORED): ByteArray =
    ByteArrayOutputStream().also { content ->
        ZipOutputStream(content).use { zip ->
            for ((name, part) in parts) {
                zip.putNextEntry(
                    ZipEntry(name).apply {
                        this.method = method
                        size = part.size.toLong()
                        crc = CRC32().apply { update(part) }.value
                    }
                )
                zip.write(part)
                zip.closeEntry()
            }
        }
    }.toByteArray()
