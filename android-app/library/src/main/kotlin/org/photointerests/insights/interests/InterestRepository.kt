package org.photointerests.insights.interests

import java.time.YearMonth
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.withContext
import org.photointerests.core.Category
import org.photointerests.core.ModelCard
import org.photointerests.core.PhotoKey
import org.photointerests.feedback.InterestFeedback
import org.photointerests.feedback.RejectedPhoto
import org.photointerests.feedback.feedback
import org.photointerests.pipeline.index.PhotoDatabase
import org.photointerests.pipeline.index.monthOf
import org.photointerests.pipeline.index.number

private const val MONTHS_OF_YEAR = 12
private const val PHOTOS_AT_ONCE = 512
private const val PRIME = 31

/**
 * Reads interests out of stored features; no photo is opened.
 *
 * Those that the card shows on request alone are there while [sensitive] is true.
 */
class InterestRepository(
    database: PhotoDatabase,
    private val card: ModelCard,
    private val model: InterestModel,
    val thisMonth: () -> YearMonth = YearMonth::now,
    private val dispatcher: CoroutineDispatcher = Dispatchers.Default,
    photosAtOnce: Int = PHOTOS_AT_ONCE,
    val sensitive: Flow<Boolean> = flowOf(false)
) {
    private val photos = database.features()
    private val profiles = database.profiles()
    private val choices = database.feedback()
    private val stored = FeatureStore(database, model, card, photosAtOnce)
    private val shown = ProfileCache(profiles, card)
    private val areas = card.areas.associateBy { it.id }
    private val visible = ShownInterests(card, sensitive)
    private val counts = MonthCounts(profiles, card)
    private val timeline = Timeline(profiles, stored, choices, card, model, visible)

    /** Months with photos, newest first. */
    suspend fun months(): List<YearMonth> = withContext(dispatcher) {
        profiles.months(card.extractorVersion, card.insightsVersion)
            .map { monthOf(it.month) }.reversed()
    }

    /** The profile that [profile] gave last, which may be of older photos; null for the first. */
    suspend fun lastProfile(period: Period): Profile? = withContext(dispatcher) {
        val seen = seen()
        shown.last(period)
            ?.let { last -> last.copy(interests = last.interests.filter { it.category in seen }) }
            ?.let { choices.feedback().first().applyTo(it) }
    }

    /**
     * Interests of a period, each with at most [mostPhotos] photos, as the user's feedback have them.
     *
     * Pinned ones are there however few photos show them.
     */
    suspend fun profile(period: Period, mostPhotos: Int): Profile = withContext(dispatcher) {
        val months = months(period)
        val feedback = choices.feedback().first()
        val seen = seen()
        if (months.isEmpty()) return@withContext feedback.applyTo(unread(feedback, seen))
        val said = feedback.pinned.hashCode() * PRIME + feedback.rejected.hashCode()
        val first = (mostPhotos.toLong() * PRIME + said) * PRIME + seen.size
        val cacheKey = months.fold(first) { sum, month -> sum * PRIME + month.revision }
        val profile = shown.last(period, cacheKey)
            ?: read(period, months, mostPhotos, seen, feedback)
                .also { shown.keep(period, cacheKey, it) }
        feedback.applyTo(profile)
    }

    /** What all photos say, and each photo by itself; null where none was read. */
    internal suspend fun evidence(): Evidence? = withContext(dispatcher) {
        val months = stored.months()
        if (months.isEmpty()) return@withContext null
        val total = model.readout(total(months))
        Evidence(
            months.sumOf { it.photos },
            total.probabilities + total.kindProbabilities
        ) { action ->
            for (month in months) {
                val rejected = stored.rejected(month.month)
                stored.forEachChunk(month.month) { chunk ->
                    val onPhotos = onPictures(chunk.features())
                    chunk.forEachIndexed { row, photo ->
                        rejected[photo.item].orEmpty().forEach { onPhotos[row][it] = 0f }
                        action(photo.key, photo.features, onPhotos[row])
                    }
                }
            }
        }
    }

    /** Probability of each interest and then of each kind, on pictures by themselves. */
    internal fun onPictures(features: Array<ByteArray>): List<FloatArray> {
        val answer = model.predict(features, withKinds = true)
        return answer.photoProbabilities.mapIndexed { row, interests ->
            answer.photoKinds?.let { interests + it[row] } ?: interests
        }
    }

    /** What is pinned stays, though no photo was read that says anything of it. */
    private fun unread(feedback: InterestFeedback, seen: Set<Category>) = Profile(
        0,
        card.interests.filter { it.id in feedback.pinned && it in seen }.map {
            Interest(it, areas.getValue(it.area), 0f, 0f, Strength(0, 0), emptyList())
        }
    )

    private suspend fun read(
        period: Period,
        months: List<MonthEvidence>,
        mostPhotos: Int,
        seen: Set<Category>,
        feedback: InterestFeedback
    ): Profile {
        val total = model.readout(total(months))
        val strengths = counts.strengths(period.numbers())
        val found = visible.found(total, seen, feedback.pinned)
            .map { interest(it, total, strengths[it], period, mostPhotos) }
        return Profile(months.sumOf { it.photos }, found)
    }

    /**
     * One interest of a period with the first [mostPhotos] photos that show it.
     *
     * Null where there is no such id, or where it is not shown.
     */
    suspend fun interest(
        categoryId: String,
        period: Period,
        mostPhotos: Int = Int.MAX_VALUE,
        order: PhotoOrder = PhotoOrder.LIKENESS
    ): Interest? = withContext(dispatcher) {
        val index = visible.indexOf(categoryId) ?: return@withContext null
        val total = model.readout(total(months(period)))
        interest(index, total, counts.strengths(period.numbers())[index], period, mostPhotos, order)
    }

    /** How many photos show an interest in each month that some do, oldest first. */
    suspend fun monthly(categoryId: String): List<MonthlyPhotos> = withContext(dispatcher) {
        val index = visible.indexOf(categoryId) ?: return@withContext emptyList()
        counts.all().filter { it.interest == index }.sortedBy { it.month }
            .map { MonthlyPhotos(monthOf(it.month), it.photos) }
    }

    /** The [most] photos that contributed most to an interest of a period, those first. */
    suspend fun contributions(categoryId: String, period: Period, most: Int): List<PhotoShare> =
        withContext(dispatcher) {
            val index = visible.indexOf(categoryId) ?: return@withContext emptyList()
            val total = total(months(period))
            val numbers = period.numbers()
            val candidates = profiles.photoInterests(
                card.insightsVersion,
                index,
                numbers.first,
                numbers.last
            )
            val weights = candidates.map { it.month }.distinct()
                .map { stored.weights(it) }.fold(emptyMap<Long, Float>()) { all, one -> all + one }
            val strongest = candidates.filter { it.item in weights }
                .sortedByDescending { it.probability * weights.getValue(it.item) }.take(most)
            val shares = mutableListOf<PhotoShare>()
            stored.forEachChunk(strongest.map { it.item }) { chunk ->
                val ofChunk = model.shares(chunk.features(), weights.of(chunk), total)
                chunk.forEachIndexed { row, photo ->
                    shares += PhotoShare(photo.key, ofChunk[row][index])
                }
            }
            shares.sortedByDescending { it.share }
        }

    /** The interests of each month, newest month first. */
    suspend fun timeline(): List<MonthProfile> = withContext(dispatcher) { timeline.months() }

    /** What a month shows more or less often than the year before it. */
    suspend fun trends(month: YearMonth): Trends = withContext(dispatcher) {
        timeline.trends(month)
    }

    /** What is on a photo; null where it was not read. */
    suspend fun photo(key: PhotoKey): PhotoFindings? = withContext(dispatcher) {
        photos.features(card.extractorVersion, key.volume, key.id)?.let { photo ->
            val onPhoto = model.predict(arrayOf(photo.features)).photoProbabilities.single()
            val seen = seen()
            val rejected = choices.feedback().first().rejected
            val findings = card.interests.zip(onPhoto.asList()) { category, probability ->
                Finding(category, probability)
            }.filter { it.category in seen && it.probability >= card.thresholds.photo }
                .filter { RejectedPhoto(photo.item, it.category.id) !in rejected }
            PhotoFindings(
                key,
                photo.takenAtMs,
                photo.utcOffsetS,
                findings.sortedByDescending { it.probability }
            )
        }
    }

    private suspend fun months(period: Period): List<MonthEvidence> {
        val numbers = period.numbers()
        return stored.months().filter { it.month in numbers }
    }

    private fun Period.numbers(): IntRange = when (this) {
        Period.All -> Int.MIN_VALUE..Int.MAX_VALUE
        Period.LastYear -> thisMonth().number() - MONTHS_OF_YEAR + 1..Int.MAX_VALUE
        is Period.Month -> month.number()..month.number()
    }

    private fun total(months: List<MonthEvidence>): FloatArray =
        months.map { it.state }.fold(model.initialState(), model::combine)

    /** Brings what photos show up to date with what was scanned. */
    internal suspend fun update() {
        withContext(dispatcher) { stored.months() }
    }

    /** The interests that may be shown at all. */
    internal suspend fun seen(): Set<Category> = visible.all()

    private suspend fun interest(
        index: Int,
        total: Readout,
        strength: Strength?,
        period: Period,
        mostPhotos: Int,
        order: PhotoOrder = PhotoOrder.LIKENESS
    ): Interest {
        val category = card.interests[index]
        val numbers = period.numbers()
        val read = when (order) {
            PhotoOrder.LIKENESS -> profiles::photos
            PhotoOrder.DATE -> profiles::photosByDate
        }
        val photos = read(
            card.insightsVersion,
            index,
            numbers.first,
            numbers.last,
            if (strength == null) 0f else card.thresholds.photo,
            mostPhotos
        )
        return Interest(
            category,
            areas.getValue(category.area),
            total.probabilities[index],
            total.order[index],
            strength ?: Strength(0, 0),
            photos.map { it.key }
        )
    }
}
