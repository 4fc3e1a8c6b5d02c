package org.photointerests.insights.interests

import java.time.YearMonth
import kotlin.math.exp
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.withContext
import org.photointerests.core.ModelCard
import org.photointerests.core.PhotoKey
import org.photointerests.feedback.InterestFeedback
import org.photointerests.feedback.feedback
import org.photointerests.pipeline.index.PhotoDatabase
import org.photointerests.pipeline.index.monthOf
import org.photointerests.pipeline.index.number

// A photo with less says nothing about an interest, unless no photo has more.
private const val MIN_SHARE = 0.01f
private const val MONTHS_OF_YEAR = 12
private const val PHOTOS_AT_ONCE = 512
private const val PRIME = 31

/** Reads interests out of stored features; no photo is opened. */
class InterestRepository(
    database: PhotoDatabase,
    private val card: ModelCard,
    private val model: InterestModel,
    private val thisMonth: () -> YearMonth = YearMonth::now,
    private val dispatcher: CoroutineDispatcher = Dispatchers.Default,
    photosAtOnce: Int = PHOTOS_AT_ONCE
) {
    private val photos = database.features()
    private val profiles = database.profiles()
    private val choices = database.feedback()
    private val models = Models(card.extractorVersion, card.aggregatorVersion)
    private val stored = FeatureStore(database, model, models, photosAtOnce)
    private val shown = ProfileCache(profiles, card, models)
    private val areas = card.areas.associateBy { it.id }

    /** Months with photos, newest first. */
    suspend fun months(): List<YearMonth> = withContext(dispatcher) {
        profiles.months(models.extractor, models.key).map { monthOf(it.month) }.reversed()
    }

    /** The profile that [profile] gave last, which may be of older photos; null for the first. */
    suspend fun lastProfile(period: Period): Profile? = withContext(dispatcher) {
        shown.last(period)?.let { choices.feedback().first().applyTo(it) }
    }

    /**
     * Interests of a period, each with at most [mostPhotos] photos, as the user's feedback have them.
     *
     * Those that the user wants are there whatever the photos say of them.
     */
    suspend fun profile(period: Period, mostPhotos: Int): Profile = withContext(dispatcher) {
        val months = months(period)
        if (months.isEmpty()) return@withContext Profile(0, emptyList())
        val feedback = choices.feedback().first()
        val first = mostPhotos.toLong() * PRIME + feedback.pinned.hashCode()
        val cacheKey = months.fold(first) { sum, month -> sum * PRIME + month.revision }
        val profile = shown.last(period, cacheKey)
            ?: read(months, mostPhotos, feedback).also { shown.keep(period, cacheKey, it) }
        feedback.applyTo(profile)
    }

    /** What all photos say of every interest, and each photo by itself; null where none was read. */
    internal suspend fun evidence(): Evidence? = withContext(dispatcher) {
        val months = stored.months()
        if (months.isEmpty()) return@withContext null
        Evidence(
            months.sumOf { it.photos },
            model.readout(total(months))
        ) { action ->
            for (month in months) {
                stored.forEachChunk(month.month) { chunk ->
                    val onPhotos = model.predict(chunk.features()).photoProbabilities
                    chunk.forEachIndexed { row, photo ->
                        action(photo.key, photo.features, onPhotos[row])
                    }
                }
            }
        }
    }

    private suspend fun read(
        months: List<MonthEvidence>,
        mostPhotos: Int,
        feedback: InterestFeedback
    ): Profile {
        val total = total(months)
        val found = findings(model.readout(total), card.thresholds.interest, feedback.pinned)
        val shares = shares(months, total, found.map { card.categories.indexOf(it.category) })
        val interests = found.mapIndexed { index, (category, probability) ->
            val photos = shares[index].largest(mostPhotos)
            Interest(category, areas.getValue(category.area), probability, photos)
        }
        return Profile(months.sumOf { it.photos }, interests)
    }

    /** One interest of a period with all photos that contributed; null where there is no such id. */
    suspend fun interest(categoryId: String, period: Period): Interest? = withContext(dispatcher) {
        val index = card.categories.indexOfFirst { it.id == categoryId }
        if (index < 0) return@withContext null
        val months = months(period)
        val total = total(months)
        val photos = shares(months, total, listOf(index)).single().largest(Int.MAX_VALUE)
        val category = card.categories[index]
        Interest(
            category,
            areas.getValue(category.area),
            if (photos.isEmpty()) 0f else model.readout(total)[index],
            photos
        )
    }

    /** The interests of each month, newest month first. */
    suspend fun timeline(): List<MonthProfile> = withContext(dispatcher) {
        val feedback = choices.feedback().first()
        stored.months().reversed().map { evidence ->
            val found = findings(model.readout(evidence.state), card.thresholds.interest)
            MonthProfile(monthOf(evidence.month), evidence.photos, feedback.applyTo(found))
        }
    }

    /** What is on a photo; null where it was not read. */
    suspend fun photo(key: PhotoKey): PhotoFindings? = withContext(dispatcher) {
        photos.features(card.extractorVersion, key.volume, key.id)?.let { photo ->
            val probabilities = model.predict(arrayOf(photo.features)).photoProbabilities.single()
            PhotoFindings(
                key,
                photo.takenAtMs,
                photo.utcOffsetS,
                findings(probabilities, card.thresholds.photo)
            )
        }
    }

    private suspend fun months(period: Period): List<MonthEvidence> {
        val numbers = when (period) {
            Period.All -> Int.MIN_VALUE..Int.MAX_VALUE
            Period.LastYear -> thisMonth().number() - MONTHS_OF_YEAR + 1..Int.MAX_VALUE
            is Period.Month -> period.month.number()..period.month.number()
        }
        return stored.months().filter { it.month in numbers }
    }

    private fun total(months: List<MonthEvidence>): FloatArray =
        months.fold(model.initialState()) { sum, month -> model.combine(sum, month.state) }

    private fun findings(
        probabilities: FloatArray,
        threshold: Float,
        besides: Set<String> = emptySet()
    ): List<Finding> = card.categories.zip(probabilities.asList())
        .filter { (category, probability) ->
            probability >= threshold || category.id in besides
        }
        .sortedByDescending { (_, probability) -> probability }
        .map { (category, probability) -> Finding(category, probability) }

    /**
     * Each photo's shares in some interests.
     *
     * The state is the logarithm of the sum that normalises the shares, so a share within a chunk
     * times exp(chunk's state - total) is the share within all photos.
     */
    private suspend fun shares(
        months: List<MonthEvidence>,
        total: FloatArray,
        interests: List<Int>
    ): List<List<PhotoShare>> {
        val shares = interests.map { mutableListOf<PhotoShare>() }
        for (month in months.worthReading(total, interests)) {
            stored.forEachChunk(month) { chunk ->
                val features = chunk.features()
                val inChunk = model.predict(features).contributions
                val chunkState = model.accumulate(features, model.initialState())
                interests.forEachIndexed { index, interest ->
                    val scale = exp(chunkState[interest] - total[interest])
                    chunk.forEachIndexed { row, photo ->
                        shares[index].keep(PhotoShare(photo.key, inChunk[row][interest] * scale))
                    }
                }
            }
        }
        return shares
    }
}

/** Months that may hold a photo to show: all its photos together have a noteworthy share. */
private fun List<MonthEvidence>.worthReading(total: FloatArray, interests: List<Int>): List<Int> {
    val first = interests.map { interest -> maxByOrNull { it.state[interest] }?.month }
    return filter { evidence ->
        evidence.month in first ||
            interests.any {
                exp(evidence.state[it] - total[it]) >= MIN_SHARE
            }
    }.map { it.month }
}

/** Keeps what may be shown: a photo of a noteworthy share, or the one that has most. */
private fun MutableList<PhotoShare>.keep(photo: PhotoShare) {
    val most = firstOrNull()?.share ?: 0f
    when {
        photo.share > most -> add(0, photo)
        photo.share >= MIN_SHARE || isEmpty() -> add(photo)
    }
}

private fun List<PhotoShare>.largest(most: Int): List<PhotoShare> {
    val ranked = sortedByDescending { it.share }
    return ranked.filterIndexed { rank, photo ->
        rank == 0 || (rank < most && photo.share >= MIN_SHARE)
    }
}
