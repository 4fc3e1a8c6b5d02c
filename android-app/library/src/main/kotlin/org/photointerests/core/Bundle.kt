package org.photointerests.core

import java.nio.ByteBuffer
import java.security.MessageDigest

/** Where the files of a bundle come from. */
fun interface BundleFiles {
    /** Content of a file; throws [java.io.IOException] where there is none. */
    fun map(name: String): ByteBuffer
}

/** A bundle whose card was read; its models are checked before they are handed out. */
class Bundle(private val files: BundleFiles) {
    val card: ModelCard = ModelCard.parse(
        Charsets.UTF_8.decode(files.map(ModelCard.FILE)).toString()
    )

    fun extractor(): ByteBuffer = verified(card.extractor.file)

    fun aggregator(): ByteBuffer = verified(card.aggregator.runFile)

    /** A file of the golden cases; throws [CardException] where it is not as the card says. */
    fun golden(name: String): ByteBuffer = verified(name)

    private fun verified(name: String) = files.verified(name, card.files.getValue(name))
}

/** Content of a file; throws [CardException] where it is not as its [record] says. */
internal fun BundleFiles.verified(name: String, record: FileRecord): ByteBuffer {
    val content = map(name)
    if (content.remaining().toLong() != record.bytes) {
        throw CardException(
            "$name: expected ${record.bytes} bytes, received ${content.remaining()}"
        )
    }
    val received = sha256(content.duplicate())
    if (received != record.sha256) {
        throw CardException("$name: expected sha256 ${record.sha256}, received $received")
    }
    return content
}

internal fun sha256(content: ByteBuffer): String =
    MessageDigest.getInstance("SHA-256").apply { update(content) }.hex()

/** Ends the digest: its bytes as digits. */
internal fun MessageDigest.hex(): String = digest().joinToString("") { "%02x".format(it) }
