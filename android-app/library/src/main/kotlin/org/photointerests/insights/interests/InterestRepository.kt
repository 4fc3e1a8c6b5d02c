package org.photointerests.insights.interests

import java.time.YearMonth
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.withContext
import org.photointerests.core.Category
import org.photointerests.core.ModelCard
import org.photointerests.core.PhotoKey
import org.photointerests.pipeline.index.PhotoDatabase
import org.photointerests.pipeline.index.monthOf

private const val PHOTOS_AT_ONCE = 512

/**
 * Reads interests out of stored features; no photo is opened.
 *
 * Those that the card shows on request alone are there while [sensitive] is true.
 */
class InterestRepository(
    database: PhotoDatabase,
    private val card: ModelCard,
    model: InterestModel,
    val thisMonth: () -> YearMonth = YearMonth::now,
    private val dispatcher: CoroutineDispatcher = Dispatchers.Default,
    photosAtOnce: Int = PHOTOS_AT_ONCE,
    val sensitive: Flow<Boolean> = flowOf(false)
) {
    private val profiles = database.profiles()
    private val choices = database.feedback()
    private val stored = FeatureStore(database, model, card, photosAtOnce)
    private val visible = ShownInterests(card, sensitive)
    private val months = PeriodEvidence(stored, model, thisMonth)
    private val counts = MonthCounts(profiles, card)
    private val builder = ProfileBuilder(profiles, choices, card, model, months, visible)
    private val contributions = PhotoContributions(profiles, stored, card, model, months)
    private val timeline = Timeline(profiles, stored, choices, card, model, visible)
    private val photos =
        PhotoClassification(database.features(), choices, card, model, visible)
    private val evidence = EvidenceReader(stored, model, months, photos)

    /** Months with photos, newest first. */
    suspend fun months(): List<YearMonth> = withContext(dispatcher) {
        profiles.months(card.extractorVersion, card.insightsVersion)
            .map { monthOf(it.month) }.reversed()
    }

    /** The profile that [profile] gave last, which may be of older photos; null for the first. */
    suspend fun lastProfile(period: Period): Profile? =
        withContext(dispatcher) { builder.last(period) }

    /**
     * Interests of a period, each with at most [mostPhotos] photos, after the user's feedback.
     *
     * Pinned ones are there however few photos show them.
     */
    suspend fun profile(period: Period, mostPhotos: Int): Profile =
        withContext(dispatcher) { builder.profile(period, mostPhotos) }

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
        builder.interest(categoryId, period, mostPhotos, order)
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
            visible.indexOf(categoryId)?.let { contributions.of(it, period, most) }.orEmpty()
        }

    /** The interests of each month, newest month first. */
    suspend fun timeline(): List<MonthProfile> = withContext(dispatcher) { timeline.months() }

    /** What a month shows more or less often than the year before it. */
    suspend fun trends(month: YearMonth): Trends =
        withContext(dispatcher) { timeline.trends(month) }

    /** What is on a photo; null where it was not scanned. */
    suspend fun photo(key: PhotoKey): PhotoFindings? =
        withContext(dispatcher) { photos.findings(key) }

    /** What all photos say, and each photo by itself; null where none was scanned. */
    internal suspend fun evidence(): Evidence? = withContext(dispatcher) { evidence.evidence() }

    /** Probability of each interest and then of each kind, on pictures by themselves. */
    internal fun onPictures(features: Array<ByteArray>): List<FloatArray> =
        photos.onPictures(features)

    /** Brings what photos show up to date with what was scanned. */
    internal suspend fun update() {
        withContext(dispatcher) { stored.months() }
    }

    /** The interests that may be shown at all. */
    internal suspend fun seen(): Set<Category> = visible.all()
}
