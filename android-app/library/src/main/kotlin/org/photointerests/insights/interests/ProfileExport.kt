package org.photointerests.insights.interests

import java.io.File
import java.time.Instant
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.withContext
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable
import kotlinx.serialization.encodeToString
import kotlinx.serialization.json.Json
import org.photointerests.core.ModelCard
import org.photointerests.feedback.FeedbackDao
import org.photointerests.feedback.feedback

private const val FORMAT = 1
private const val FILE = "photo-interests.json"
private val json = Json { prettyPrint = true }

/**
 * The profile as JSON, to be shared: in a file of [folder], which holds nothing else.
 *
 * It names no photo, place or album. The app's README describes its form.
 */
class ProfileExport(
    private val folder: File,
    private val interests: InterestRepository,
    private val choices: FeedbackDao,
    private val card: ModelCard,
    private val now: () -> Instant = Instant::now,
    private val dispatcher: CoroutineDispatcher = Dispatchers.IO
) {
    /** Size of the last one, until [delete]. */
    fun bytes(): Long = File(folder, FILE).length()

    /** Writes the profile of all photos in the place of the last one. */
    suspend fun write(): File = withContext(dispatcher) {
        val content = json.encodeToString(content())
        folder.mkdirs()
        File(folder, FILE).apply { writeText(content) }
    }

    suspend fun delete() {
        withContext(dispatcher) { folder.deleteRecursively() }
    }

    private suspend fun content(): Content {
        val profile = interests.profile(Period.All, mostPhotos = 1)
        return Content(
            FORMAT,
            now().toString(),
            Models(card.name, card.version),
            profile.photos,
            profile.interests.map {
                Entry(it.category.id, it.category.names, it.area.id, it.probability, it.pinned)
            },
            choices.feedback().first().hidden.sorted(),
            interests.timeline().map { month ->
                val found = month.interests.associate { it.category.id to it.probability }
                MonthEntry("${month.month}", month.photos, found)
            }
        )
    }

    @Serializable
    private class Content(
        val format: Int,
        val made: String,
        val bundle: Models,
        val photos: Int,
        val interests: List<Entry>,
        @SerialName("not_interests") val notInterests: List<String>,
        val months: List<MonthEntry>
    )

    @Serializable
    private class Models(val name: String, val version: String)

    @Serializable
    private class Entry(
        val id: String,
        val names: Map<String, String>,
        val area: String,
        val probability: Float,
        val pinned: Boolean
    )

    @Serializable
    private class MonthEntry(val month: String, val photos: Int, val interests: Map<String, Float>)
}
