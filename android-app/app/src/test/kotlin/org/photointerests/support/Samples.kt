package org.photointerests.support

import java.time.Instant
import java.time.YearMonth
import org.photointerests.core.Category
import org.photointerests.core.Choices
import org.photointerests.core.PhotoKey
import org.photointerests.core.StoredBytes
import org.photointerests.insights.interests.Finding
import org.photointerests.insights.interests.Interest
import org.photointerests.insights.interests.MonthProfile
import org.photointerests.insights.interests.Period
import org.photointerests.insights.interests.PhotoFindings
import org.photointerests.insights.interests.PhotoShare
import org.photointerests.pipeline.decode.PhotoProblem
import org.photointerests.pipeline.index.FailedPhoto
import org.photointerests.pipeline.index.StoreCounts
import org.photointerests.pipeline.media.Album
import org.photointerests.pipeline.media.GeoLocation
import org.photointerests.pipeline.media.PhotoAccess
import org.photointerests.pipeline.runtime.Accelerator
import org.photointerests.pipeline.runtime.AcceleratorReport
import org.photointerests.pipeline.runtime.AcceleratorTrial
import org.photointerests.pipeline.runtime.BenchmarkResult
import org.photointerests.pipeline.runtime.InferenceTime
import org.photointerests.pipeline.runtime.Verdict
import org.photointerests.pipeline.scan.ScanProgress
import org.photointerests.pipeline.scan.ScanState
import org.photointerests.recommendations.Recommendation
import org.photointerests.ui.albums.AlbumChoice
import org.photointerests.ui.albums.AlbumsState
import org.photointerests.ui.interests.InterestsState
import org.photointerests.ui.interests.byArea
import org.photointerests.ui.photo.PhotoState
import org.photointerests.ui.privacy.PrivacyState
import org.photointerests.ui.scan.ScanStatus
import org.photointerests.ui.settings.MeasurementState
import org.photointerests.ui.settings.SettingsState
import org.photointerests.ui.suggestions.SuggestionsState

private val NOVEMBER = YearMonth.of(2026, 11)

/** What the screens show in pictures: the bundle's own categories, over drawn photos. */
object Samples {
    private val card = TestBundle.bundle.card
    private val drawn = listOf(
        "caltech.sunflower",
        "caltech.ketch",
        "grocery.orange",
        "caltech.pizza",
        "caltech.lotus",
        "caltech.starfish"
    )
    private val interests by lazy {
        listOf(
            interest(place = 0, probability = 0.997f, shares = listOf(0.31f, 0.22f, 0.17f, 0.12f)),
            interest(place = 1, probability = 0.93f, shares = listOf(0.58f, 0.4f)),
            interest(place = 2, probability = 0.81f, shares = listOf(0.97f)),
            interest(place = 3, probability = 0.64f, shares = listOf(0.6f, 0.2f, 0.1f))
        )
    }
    val progress = ScanProgress(done = 1240, total = 3815, failed = 2, photosPerSecond = 14.3f)
    val privacy = PrivacyState(
        photos = 3813,
        choices = 2,
        albums = 1,
        bytes = StoredBytes(4_700_000, 120, 46_597, 8_200, 98_304),
        card = card
    )
    val albums = AlbumsState(
        listOf(
            AlbumChoice(Album("1", "Camera", 3021), read = true),
            AlbumChoice(Album("2", "Documents", 84), read = false),
            AlbumChoice(Album("3", "Screenshots", 612), read = false),
            AlbumChoice(Album("4", "WhatsApp Images", 97), read = true)
        )
    )

    /** Those that were left out, while the gallery does not answer. */
    val albumsUnknown = AlbumsState(
        listOf(
            AlbumChoice(Album("2", "Documents", 0), read = false),
            AlbumChoice(Album("3", "Screenshots", 0), read = false)
        ),
        complete = false
    )

    fun shown() = InterestsState.Shown(
        PhotoAccess.FULL,
        photos = 3813,
        period = Period.All,
        months = (0L..4L).map(NOVEMBER::minusMonths),
        areas = interests.byArea(),
        kindsKnown = card.categories.size,
        areasKnown = card.areas,
        scan = ScanState.Idle
    )

    /** As of a bundle that knows very much, and of a user who cares about all of it. */
    fun manyInterests(count: Int) = shown().copy(
        areas = List(count) { index ->
            val category = card.categories[index % card.categories.size]
            interest(category.copy(id = "$index"), 1f - index / (2f * count), listOf(1f))
        }.byArea()
    )

    fun detail(): Interest = interests.first().copy(
        photos = listOf(0.21f, 0.16f, 0.12f, 0.11f, 0.09f, 0.08f, 0.07f, 0.06f, 0.05f, 0.05f)
            .mapIndexed { index, share -> PhotoShare(key(index), share) }
    )

    fun photo() = PhotoState(
        key(0),
        PhotoFindings(
            key(0),
            Instant.parse("2026-08-03T16:20:00Z").toEpochMilli(),
            utcOffsetS = 7200,
            listOf(Finding(category(0), 0.98f), Finding(category(4), 0.56f))
        ),
        GeoLocation(54.1812, 7.8867)
    )

    fun dullPhoto() = photo().let {
        it.copy(findings = it.findings?.copy(findings = emptyList()), location = null)
    }

    fun timeline(): List<MonthProfile> = listOf(
        month(0, photos = 112, 0 to 0.98f, 3 to 0.77f),
        month(1, photos = 61),
        month(2, photos = 340, 1 to 0.95f, 0 to 0.91f, 2 to 0.66f, 4 to 0.58f),
        month(3, photos = 1, 5 to 0.71f)
    )

    fun status(scan: ScanState) = ScanStatus(
        scan,
        StoreCounts(1238, 2),
        listOf(
            FailedPhoto("external_primary", 7, PhotoProblem.BROKEN.name),
            FailedPhoto("external_primary", 8, PhotoProblem.NOT_A_PHOTO.name)
        )
    )

    /** The products of the catalogue that comes with the app, with the photos that are drawn. */
    fun suggestions() = SuggestionsState.Shown(
        items = 15,
        best = listOf(
            product("Sunflower seeds", "sunflower", place = 0, match = 1.0),
            product("A day under sail", "boat", place = 1, match = 0.71),
            product("Oranges", "oranges", place = 2, match = 0.48),
            product("Wrist watch", "watch", place = 5, match = 0.01, suits = false)
        )
    )

    private fun product(
        title: String,
        drawing: String,
        place: Int,
        match: Double,
        suits: Boolean = true
    ) = Recommendation(
        place,
        drawing,
        title,
        "https://example.org/$drawing",
        match,
        match,
        category(place),
        probability = 0.98f - 0.06f * place,
        photos = (0..2).map { key(10 * place + it) },
        suits = suits,
        thumbnail = SampleProducts.thumbnail(drawing)
    )

    fun settings() = SettingsState(
        Choices(null, threads = 4, paused = false, onlyCharging = true),
        listOf(Accelerator.CPU, Accelerator.NNAPI),
        listOf(1, 2, 4),
        hidden = listOf(category(5)),
        pinned = listOf(category(1)),
        measured = MeasurementState(
            AcceleratorReport(
                "a phone",
                listOf(
                    AcceleratorTrial(Accelerator.CPU, Verdict.PASSED, 11.2f, 1e-5),
                    AcceleratorTrial(Accelerator.NNAPI, Verdict.CRASHED),
                    AcceleratorTrial(Accelerator.GPU, Verdict.UNAVAILABLE)
                )
            ),
            BenchmarkResult(
                20,
                ofGallery = true,
                decodeMs = 38.4f,
                resizeMs = 6.1f,
                storeMs = 0.8f,
                listOf(1 to 24.9f, 2 to 14.3f, 4 to 11.2f).map { (threads, ms) ->
                    InferenceTime(Accelerator.CPU, threads, ms)
                }
            )
        )
    )

    private fun interest(place: Int, probability: Float, shares: List<Float>) =
        interest(category(place), probability, shares, 10 * place)

    private fun interest(
        category: Category,
        probability: Float,
        shares: List<Float>,
        firstPhoto: Int = 0
    ) = Interest(
        category,
        card.areas.first { it.id == category.area },
        probability,
        shares.mapIndexed { index, share -> PhotoShare(key(firstPhoto + index), share) }
    )

    private fun month(back: Long, photos: Int, vararg found: Pair<Int, Float>) = MonthProfile(
        NOVEMBER.minusMonths(back),
        photos,
        found.map { (place, probability) -> Finding(category(place), probability) }
    )

    /** What the drawn photos show, where the bundle knows it. */
    private fun category(place: Int): Category =
        card.categories.find { it.id == drawn[place] } ?: card.categories[place]

    private fun key(id: Int) = PhotoKey("external_primary", id.toLong())
}
