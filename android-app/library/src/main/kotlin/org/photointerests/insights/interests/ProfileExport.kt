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
import org.photointerests.core.Shown
import org.photointerests.feedback.FeedbackDao
import org.photointerests.feedback.feedback

private const val FILE = "photo-interests.json"
private val json = Json { prettyPrint = true }

/**
 * The profile as JSON, to be shared: in a file of [folder], which holds nothing but what is shared.
 *
 * It names no photo, place or album, and no interest that the card does not always show. The app's
 * README describes its form.
 */
class ProfileExport(
    private val folder: File,
    private val interests: InterestRepository,
    private val choices: FeedbackDao,
    private val card: ModelCard,
    private val now: () -> Instant = Instant::now,
    private val dispatcher: CoroutineDispatcher = Dispatchers.IO
) {
    /** Size of all that was shared last, until [delete]. */
    fun bytes(): Long = folder.listFiles().orEmpty().sumOf { it.length() }

    /** Writes the profile of all photos in the place of the last one. */
    suspend fun write(): File = withContext(dispatcher) {
        val content = json.encodeToString(content())
        folder.mkdirs()
        File(folder, FILE).apply { writeText(content) }
    }

    /** Deletes all that was shared. */
    suspend fun delete() {
        withContext(dispatcher) { folder.deleteRecursively() }
    }

    // Whatever the user sees in the app: sensitive interests leave it in no file.
    private val exported = card.interests.filter { it.shown == Shown.ALWAYS }.map { it.id }.toSet()

    private suspend fun content(): Content {
        val profile = interests.profile(Period.All, mostPhotos = 1)
        return Content(
            FORMAT,
            now().toString(),
            Models(card.name, card.version),
            profile.photos,
            profile.interests.filter { it.category.id in exported }.map(::entry),
            choices.feedback().first().hidden.filter { it in exported }.sorted(),
            interests.timeline().map { month ->
                val found = month.interests.filter { it.category.id in exported }
                    .associate { it.category.id to MonthStrength(it.probability, it.photos) }
                MonthEntry("${month.month}", month.photos, found)
            }
        )
    }

    private fun entry(interest: Interest) = Entry(
        interest.category.id,
        interest.category.names,
        interest.area.id,
        interest.category.iab,
        interest.category.wikidata,
        interest.probability,
        interest.strength.photos,
        interest.strength.months,
        interest.pinned
    )

    internal companion object {
        const val FORMAT = 2
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
        val iab: String?,
        val wikidata: String?,
        val probability: Float,
        val photos: Int,
        val months: Int,
        val pinned: Boolean
    )

    @Serializable
    private class MonthStrength(val probability: Float, val photos: Int)

    @Serializable
    private class MonthEntry(
        val month: String,
        val photos: Int,
        val interests: Map<String, MonthStrength>
    )
}
