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
import org.photointerests.core.Shown
import org.photointerests.feedback.InterestFeedback
import org.photointerests.feedback.RejectedPhoto
import org.photointerests.feedback.feedback
import org.photointerests.pipeline.index.PhotoDatabase
import org.photointerests.pipeline.index.monthOf
import org.photointerests.pipeline.index.number

private const val MONTHS_OF_YEAR = 12
private const val PHOTOS_AT_ONCE = 512
private const val PRIME = 31
private const val MIN_COVERS = 3
private const val MAX_COVERS = 5

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
     * Those that the user wants are there whatever the photos say of them.
     */
    suspend fun profile(period: Period, mostPhotos: Int): Profile = withContext(dispatcher) {
        val months = months(period)
        if (months.isEmpty()) return@withContext Profile(0, emptyList())
        val feedback = choices.feedback().first()
        val seen = seen()
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

    private suspend fun read(
        period: Period,
        months: List<MonthEvidence>,
        mostPhotos: Int,
        seen: Set<Category>,
        feedback: InterestFeedback
    ): Profile {
        val total = model.readout(total(months))
        val strengths = strengths(period)
        val found = total.found(seen, feedback.pinned)
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
        val index = indexOf(categoryId) ?: return@withContext null
        val total = model.readout(total(months(period)))
        interest(index, total, strengths(period)[index], period, mostPhotos, order)
    }

    /** How many photos show an interest in each month that some do, oldest first. */
    suspend fun monthly(categoryId: String): List<MonthlyPhotos> = withContext(dispatcher) {
        val index = indexOf(categoryId) ?: return@withContext emptyList()
        counts().filter { it.interest == index }.sortedBy { it.month }
            .map { MonthlyPhotos(monthOf(it.month), it.photos) }
    }

    /** The [most] photos that contributed most to an interest of a period, those first. */
    suspend fun contributions(categoryId: String, period: Period, most: Int): List<PhotoShare> =
        withContext(dispatcher) {
            val index = indexOf(categoryId) ?: return@withContext emptyList()
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
    suspend fun timeline(): List<MonthProfile> = withContext(dispatcher) {
        val feedback = choices.feedback().first()
        val seen = seen()
        val months = stored.months()
        val counted = counted(months)
        val clearest = profiles.clearest(card.insightsVersion, card.thresholds.photo)
            .groupBy { it.month }
        months.zip(counted) { evidence, month ->
            val total = model.readout(evidence.state)
            val found = total.found(seen).map {
                MonthInterest(
                    card.interests[it],
                    total.probabilities[it],
                    month.ofInterests[it] ?: 0
                )
            }
            val interests = feedback.applyTo(found)
            MonthProfile(
                monthOf(month.month),
                month.photos,
                interests,
                covers(month.month, interests, clearest[month.month].orEmpty()),
                trends(month, counted, seen, feedback)
            )
        }.reversed()
    }

    /** What a month shows more or less often than the year before it. */
    suspend fun trends(month: YearMonth): Trends = withContext(dispatcher) {
        val counted = counted(stored.months())
        val counts = counted.find { it.month == month.number() } ?: return@withContext Trends()
        trends(counts, counted, seen(), choices.feedback().first())
    }

    private fun trends(
        month: CountedMonth,
        all: List<CountedMonth>,
        seen: Set<Category>,
        feedback: InterestFeedback
    ): Trends {
        val (rising, falling) = trends(month, all)
        fun shown(places: List<Int>) = places.map { card.interests[it] }
            .filter { it in seen && it.id !in feedback.hidden }
        return Trends(shown(rising), shown(falling))
    }

    private suspend fun counted(months: List<MonthEvidence>): List<CountedMonth> {
        val counts = counts().groupBy { it.month }
        return months.map { evidence ->
            val photos = counts[evidence.month].orEmpty().associate { it.interest to it.photos }
            CountedMonth(evidence.month, evidence.photos, photos)
        }
    }

    /** The clearest photos of a month's first interests, and others where these are few. */
    private suspend fun covers(
        month: Int,
        interests: List<MonthInterest>,
        clearest: List<ClearestPhoto>
    ): List<PhotoKey> {
        val keys = clearest.associate { card.interests[it.interest] to it.key }
        val found = interests.mapNotNull { keys[it.category] }.distinct().take(MAX_COVERS)
        if (found.size >= MIN_COVERS) return found
        val others = profiles.photosOfMonth(card.extractorVersion, month, MAX_COVERS)
        return (found + others.map { it.key }).distinct().take(MIN_COVERS)
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
    internal suspend fun seen(): Set<Category> {
        val allowed = if (sensitive.first()) {
            setOf(Shown.ALWAYS, Shown.ON_REQUEST)
        } else {
            setOf(Shown.ALWAYS)
        }
        return card.interests.filterTo(mutableSetOf()) { it.shown in allowed }
    }

    private suspend fun indexOf(categoryId: String): Int? {
        val index = card.interests.indexOfFirst { it.id == categoryId }
        return index.takeIf { it >= 0 && card.interests[it] in seen() }
    }

    /** Places in the card of what is probable enough, or in [also]: the strongest first. */
    private fun Readout.found(seen: Set<Category>, also: Set<String> = emptySet()): List<Int> =
        probabilities.indices.filter {
            val category = card.interests[it]
            category in seen &&
                (probabilities[it] >= card.thresholds.interest || category.id in also)
        }.sortedByDescending { order[it] }

    private suspend fun counts() = profiles.counts(card.insightsVersion, card.thresholds.photo)

    /** By place in the card: how many photos of a period show what they show. */
    private suspend fun strengths(period: Period): Map<Int, Strength> {
        val numbers = period.numbers()
        return counts().filter { it.month in numbers }.groupBy { it.interest }
            .mapValues { (_, months) -> Strength(months.sumOf { it.photos }, months.size) }
    }

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
