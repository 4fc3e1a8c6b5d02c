package org.photointerests.recommendations

import java.io.BufferedInputStream
import java.io.ByteArrayOutputStream
import java.io.Closeable
import java.io.DataInputStream
import java.io.EOFException
import java.io.File
import java.io.IOException
import java.io.InputStream
import java.security.MessageDigest
import java.util.zip.ZipEntry
import java.util.zip.ZipFile
import org.photointerests.core.FileRecord
import org.photointerests.core.ModelCard
import org.photointerests.core.hex

private const val MAX_HEAD_BYTES = 4L * 1024 * 1024
private const val MAX_LINE_BYTES = 64 * 1024
private const val MAX_THUMBNAIL_BYTES = 256L * 1024
private const val BUFFER_BYTES = 64 * 1024

/**
 * An open catalogue whose head was checked; [checkAll] checks the rest.
 *
 * Read from its beginning to its end, some products at a time: its size does not matter. All of it
 * throws [CatalogueException].
 */
internal class Catalogue(file: File, card: ModelCard) : Closeable {
    private val zip = try {
        ZipFile(file)
    } catch (error: IOException) {
        throw CatalogueException(CatalogueProblem.NOT_A_CATALOGUE, "no zip: $error", error)
    }
    private val about: CatalogueManifest
    private val interests = card.interests.size

    /** Who published it, and when. */
    val origin: CatalogueOrigin get() = about.origin

    /** How many products there are. */
    val items: Int get() = about.items

    init {
        var opened = false
        try {
            val head = zip.getEntry(CatalogueManifest.FILE) ?: throw CatalogueException(
                CatalogueProblem.NOT_A_CATALOGUE,
                "expected ${CatalogueManifest.FILE} in the zip, received none"
            )
            about = CatalogueManifest.parse(small(head, MAX_HEAD_BYTES).decodeToString(), card)
            opened = true
        } finally {
            if (!opened) zip.close()
        }
    }

    /** Compares every product, picture and both hashes with what is recorded of them. */
    fun checkAll() {
        for ((name, record) in about.files) {
            val received = reading(name) { hashed(it) }
            if (received != record) throw damaged("$name: expected $record, received $received")
        }
        forEachItem { row, item, _ ->
            item.thumbnail?.let { checkThumbnail(row, it) }
        }
    }

    private fun checkThumbnail(row: Int, expected: String) {
        val name = thumbnailName(row)
        val content = thumbnail(row) ?: throw damaged("$name: missing")
        val received = hashed(content.inputStream()).sha256
        if (received != expected) {
            throw damaged("$name: expected SHA-256 $expected, received $received")
        }
    }

    /** Goes through the products; the array of features is the same one each time. */
    fun forEachItem(action: (row: Int, item: Item, features: ByteArray) -> Unit) =
        reading(CatalogueManifest.ITEMS) { lines ->
            reading(CatalogueManifest.FEATURES) { values ->
                val data = DataInputStream(values)
                val features = ByteArray(about.dimension)
                for (row in 0 until items) {
                    data.readFully(features)
                    action(row, Item.parse(lines.line(row), row, interests), features)
                }
                if (lines.read() >= 0) throw damaged("expected $items items, received more")
            }
        }

    /** The small picture of a product; null where it has none. */
    fun thumbnail(row: Int): ByteArray? =
        zip.getEntry(thumbnailName(row))?.let { small(it, MAX_THUMBNAIL_BYTES) }

    override fun close() = zip.close()

    private fun <T> reading(name: String, action: (InputStream) -> T): T {
        val entry = zip.getEntry(name) ?: throw damaged("$name: missing")
        return try {
            opened(entry).use { action(BufferedInputStream(it, BUFFER_BYTES)) }
        } catch (error: CatalogueException) {
            throw error
        } catch (error: IOException) {
            throw damaged("$name: $error", error)
        }
    }

    private fun small(entry: ZipEntry, most: Long): ByteArray {
        if (entry.size !in 0..most) {
            throw damaged("${entry.name}: expected at most $most bytes, received ${entry.size}")
        }
        return opened(entry).use { it.readBytes() }
    }

    /** Nothing is compressed, so that no file is larger than the catalogue. */
    private fun opened(entry: ZipEntry): InputStream {
        if (entry.method !=
            ZipEntry.STORED
        ) {
            throw damaged("${entry.name}: expected it uncompressed")
        }
        return try {
            zip.getInputStream(entry)
        } catch (error: IOException) {
            throw damaged("${entry.name}: $error", error)
        }
    }
}

private fun thumbnailName(row: Int) = "thumbnails/%06d.webp".format(java.util.Locale.ROOT, row)

private fun hashed(content: InputStream): FileRecord {
    val digest = MessageDigest.getInstance("SHA-256")
    val buffer = ByteArray(BUFFER_BYTES)
    var bytes = 0L
    while (true) {
        val read = content.read(buffer)
        if (read < 0) break
        digest.update(buffer, 0, read)
        bytes += read
    }
    return FileRecord(digest.hex(), bytes)
}

/** A line of bounded length, without its end. */
private fun InputStream.line(row: Int): String {
    val line = ByteArrayOutputStream()
    while (true) {
        val byte = read()
        when {
            byte < 0 -> throw EOFException("item $row: its line does not end")
            byte == '\n'.code -> return line.toString("UTF-8")
            line.size() == MAX_LINE_BYTES ->
                throw damaged("item $row: expected a line of at most $MAX_LINE_BYTES bytes")
            else -> line.write(byte)
        }
    }
}
