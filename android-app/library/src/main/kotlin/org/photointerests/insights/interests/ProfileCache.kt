package org.photointerests.insights.interests

import kotlinx.serialization.Serializable
import kotlinx.serialization.SerializationException
import kotlinx.serialization.encodeToString
import kotlinx.serialization.json.Json
import org.photointerests.core.ModelCard
import org.photointerests.core.PhotoKey

/** The profiles that were shown last, so that the app can open with them. */
internal class ProfileCache(private val profiles: ProfileDao, private val card: ModelCard) {
    private val categories = card.interests.associateBy { it.id }
    private val areas = card.areas.associateBy { it.id }

    /** Null for a period that is not kept, or was not shown yet. */
    suspend fun last(period: Period, cacheKey: Long? = null): Profile? {
        val stored = period.key()?.let { profiles.profile(it, card.insightsVersion) } ?: return null
        if (cacheKey != null && cacheKey != stored.cacheKey) return null
        return try {
            Json.decodeFromString<Content>(stored.content).toProfile()
        } catch (_: SerializationException) {
            null // a profile of another version of this app: it is computed again
        }
    }

    suspend fun keep(period: Period, cacheKey: Long, profile: Profile) {
        val key = period.key() ?: return
        val interests = profile.interests.map { interest ->
            ContentInterest(
                interest.category.id,
                interest.probability,
                interest.order,
                interest.strength.photos,
                interest.strength.months,
                interest.photos.map { Photo(it.volume, it.id) }
            )
        }
        val content = Json.encodeToString(Content(profile.photos, interests))
        ifThereIsRoom { profiles.put(StoredProfile(key, card.insightsVersion, cacheKey, content)) }
    }

    private fun Content.toProfile() = Profile(
        photos,
        interests.mapNotNull { interest ->
            val category = categories[interest.category] ?: return@mapNotNull null
            Interest(
                category,
                areas.getValue(category.area),
                interest.probability,
                interest.order,
                Strength(interest.count, interest.months),
                interest.photos.map { PhotoKey(it.volume, it.id) }
            )
        }
    )

    @Serializable
    private class Photo(val volume: String, val id: Long)

    @Serializable
    private class ContentInterest(
        val category: String,
        val probability: Float,
        val order: Float,
        val count: Int,
        val months: Int,
        val photos: List<Photo>
    )

    @Serializable
    private class Content(val photos: Int, val interests: List<ContentInterest>)
}

private fun Period.key(): String? = when (this) {
    Period.All -> "all"
    Period.LastYear -> "last year"
    is Period.Month -> null
}
