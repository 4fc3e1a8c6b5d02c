package org.photointerests.insights.interests

import java.io.ByteArrayOutputStream
import java.io.IOException
import java.io.InputStream
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable
import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.decodeFromJsonElement
import kotlinx.serialization.json.intOrNull
import org.photointerests.core.ModelCard
import org.photointerests.feedback.FeedbackDao

private const val MAX_BYTES = 8 shl 20
private val json = Json { ignoreUnknownKeys = true }

/** Why a file was not imported. */
enum class ImportProblem {
    /** It could not be opened or read to its end. */
    UNREADABLE,

    /** It is no profile that this app exported. */
    NOT_A_PROFILE,

    /** It is of a version of the app that wrote profiles in another form. */
    OTHER_FORMAT,

    /** It is of other models: its interests are not those of this app. */
    OTHER_BUNDLE
}

/** A file that was not imported; nothing has changed. */
class ImportException(val problem: ImportProblem, message: String, cause: Throwable? = null) :
    IOException(message, cause)

/** How many choices a file had; [unknown] ones are of interests that this app does not know. */
data class ImportedChoices(val pinned: Int, val hidden: Int, val unknown: Int)

/**
 * Takes the user's choices from a profile that [ProfileExport] wrote: what is pinned and hidden there
 * is so here, and other choices stay. What photos show comes from this phone's own alone.
 *
 * A file of the same bundle is taken, in any version with the same first number.
 */
class ProfileImport(
    private val choices: FeedbackDao,
    private val card: ModelCard,
    private val dispatcher: CoroutineDispatcher = Dispatchers.IO
) {
    /** Reads a file to its end and closes it; throws [ImportException]. */
    suspend fun read(file: InputStream): ImportedChoices = withContext(dispatcher) {
        val content = parse(text(file))
        val received = content.bundle
        if (received.name != card.name || major(received.version) != major(card.version)) {
            throw ImportException(
                ImportProblem.OTHER_BUNDLE,
                "bundle: expected ${card.name} ${card.version}, " +
                    "received ${received.name} ${received.version}"
            )
        }
        val known = card.interests.map { it.id }.toSet()
        val hidden = content.notInterests.toSet()
        val pinned = content.interests.filter { it.pinned }.map { it.id }.toSet() - hidden
        choices.take(pinned.filter { it in known }, hidden.filter { it in known })
        val unknown = (pinned + hidden).count { it !in known }
        ImportedChoices(pinned.count { it in known }, hidden.count { it in known }, unknown)
    }

    private fun text(file: InputStream): String = try {
        val bytes = file.use { it.readAtMost(MAX_BYTES + 1) }
        if (bytes.size > MAX_BYTES) {
            throw ImportException(
                ImportProblem.NOT_A_PROFILE,
                "expected at most $MAX_BYTES bytes, received more"
            )
        }
        bytes.decodeToString()
    } catch (error: ImportException) {
        throw error
    } catch (error: IOException) {
        throw ImportException(ImportProblem.UNREADABLE, "could not be read", error)
    }

    private fun parse(text: String): Content = try {
        val all = json.parseToJsonElement(text) as? JsonObject
            ?: throw ImportException(ImportProblem.NOT_A_PROFILE, "expected a JSON object")
        val format = (all["format"] as? JsonPrimitive)?.intOrNull
        if (format != null && "interests" in all && format != ProfileExport.FORMAT) {
            throw ImportException(
                ImportProblem.OTHER_FORMAT,
                "format: expected ${ProfileExport.FORMAT}, received $format"
            )
        }
        json.decodeFromJsonElement<Content>(all)
    } catch (error: SerializationException) {
        throw ImportException(ImportProblem.NOT_A_PROFILE, "not a profile: ${error.message}", error)
    }

    @Serializable
    private class Content(
        @Suppress("unused") val format: Int,
        val bundle: Models,
        val interests: List<Entry>,
        @SerialName("not_interests") val notInterests: List<String>
    )

    @Serializable
    private class Models(val name: String, val version: String)

    @Serializable
    private class Entry(val id: String, val pinned: Boolean)
}

private fun major(version: String) = version.substringBefore('.')

private fun InputStream.readAtMost(most: Int): ByteArray {
    val all = ByteArrayOutputStream()
    val buffer = ByteArray(DEFAULT_BUFFER_SIZE)
    while (all.size() < most) {
        val read = read(buffer)
        if (read < 0) break
        all.write(buffer, 0, read)
    }
    return all.toByteArray()
}
