package org.photointerests.support

import androidx.compose.foundation.layout.size
import java.time.Instant
import java.time.LocalDate
import java.time.YearMonth
import org.photointerests.core.Category
import org.photointerests.core.Choices
import org.photointerests.core.Label
import org.photointerests.core.PhotoKey
import org.photointerests.core.Shown
import org.photointerests.core.StoredBytes
import org.photointerests.insights.interests.Finding
import org.photointerests.insights.interests.FoundKind
import org.photointerests.insights.interests.Interest
import org.photointerests.insights.interests.MonthInterest
import org.photointerests.insights.interests.MonthProfile
import org.photointerests.insights.interests.MonthlyPhotos
import org.photointerests.insights.interests.Period
import org.photointerests.insights.interests.PhotoFindings
import org.photointerests.insights.interests.PhotoShare
import org.photointerests.insights.interests.Profile
import org.photointerests.insights.interests.Strength
import org.photointerests.insights.interests.Trends
import org.photointerests.insights.trips.Trip
import org.photointerests.pipeline.analysis.detections.Box
import org.photointerests.pipeline.analysis.detections.FoundObjects
import org.photointerests.pipeline.analysis.people.Framing
import org.photointerests.pipeline.analysis.people.People
import org.photointerests.pipeline.analysis.places.CountryPhotos
import org.photointerests.pipeline.analysis.places.Place
import org.photointerests.pipeline.analysis.places.PlacePhotos
import org.photointerests.pipeline.analysis.scenes.PhotoScene
import org.photointerests.pipeline.analysis.scenes.Setting
import org.photointerests.pipeline.analysis.species.FoundSpecies
import org.photointerests.pipeline.analysis.text.TextLine
import org.photointerests.pipeline.analysis.text.TextMentions
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
import org.photointerests.pipeline.scan.AnalyzerChoice
import org.photointerests.pipeline.scan.ScanProgress
import org.photointerests.pipeline.scan.ScanState
import org.photointerests.recommendations.CatalogueOrigin
import org.photointerests.recommendations.Recommendation
import org.photointerests.recommendations.Recommendations
import org.photointerests.ui.albums.AlbumChoice
import org.photointerests.ui.albums.AlbumsState
import org.photointerests.ui.designsystem.name
import org.photointerests.ui.interests.InterestsState
import org.photointerests.ui.interests.MonthlyInterest
import org.photointerests.ui.library.LibraryState
import org.photointerests.ui.month.MonthContent
import org.photointerests.ui.photo.FoundBox
import org.photointerests.ui.photo.PhotoState
import org.photointerests.ui.privacy.PrivacyState
import org.photointerests.ui.scan.ScanStatus
import org.photointerests.ui.settings.AdvancedState
import org.photointerests.ui.settings.MeasurementState
import org.photointerests.ui.settings.SettingsState
import org.photointerests.ui.suggestions.SuggestionsState

private val NOVEMBER = YearMonth.of(2026, 11)
private const val OTHERS = 14
private val MONARCH =
    thing("danaus_plexippus", "Monarch", "Monarchfalter", "Monarch", "Monarchfalter")
private val DOG = thing("dog", "Dog", "Hund", "a dog", "ein Hund")
private val CHAIR = thing("chair", "Chair", "Stuhl", "a chair", "ein Stuhl")

private fun thing(id: String, name: String, german: String, phrase: String, inGerman: String) =
    Label(
        id,
        mapOf("en" to name, "de" to german),
        mapOf("en" to phrase, "de" to inGerman),
        mapOf("en" to "${name.lowercase()}s", "de" to german),
        null,
        null
    )

/** What the screens show in pictures: the bundle's own interests, over drawn photos. */
object Samples {
    private val card = TestBundle.bundle.card
    private val known = card.interests.filter { it.shown == Shown.ALWAYS }
    private val drawn =
        listOf("flowers", "boats", "fruit_vegetables", "meals", "gardening", "sea_life")
    private val interests by lazy {
        listOf(
            interest(place = 1, probability = 0.98f, Strength(48, 5), pictures = 1)
                .copy(pinned = true),
            interest(place = 0, probability = 0.997f, Strength(351, 14), pictures = 4),
            interest(place = 2, probability = 0.93f, Strength(120, 9), pictures = 3),
            interest(place = 3, probability = 0.88f, Strength(64, 11), pictures = 1)
        ) + others()
    }

    /** What the drawn photos show too, less often. */
    private fun others(): List<Interest> = known.filter { it.id !in drawn }.take(OTHERS)
        .mapIndexed { index, category ->
            val strength = Strength(OTHERS * 2 - index, 1 + index % 3)
            interest(category, 0.9f, strength, pictures = 1, firstPhoto = 40 + index)
        }

    val progress = ScanProgress(done = 1240, total = 3815, failed = 2, photosPerSecond = 14.3f)
    val privacy = PrivacyState(
        photos = 3813,
        choices = 2,
        albums = 1,
        bytes = StoredBytes(4_700_000, 120, 46_597, 8_200, 0, 98_304),
        card = card
    )
    val albums = AlbumsState(
        listOf(
            AlbumChoice(Album("1", "Camera", 3021, key(11)), read = true),
            AlbumChoice(Album("2", "Documents", 84, key(42)), read = false),
            AlbumChoice(Album("3", "Screenshots", 612, key(43)), read = false),
            AlbumChoice(Album("4", "WhatsApp Images", 97, key(31)), read = false)
        )
    )
    val library = LibraryState(albums, pinned = listOf(category(1)), hidden = listOf(category(5)))

    /** Those that were left out, while the gallery does not answer. */
    val albumsUnknown = AlbumsState(
        listOf(
            AlbumChoice(Album("2", "Documents", 0), read = false),
            AlbumChoice(Album("3", "Screenshots", 0), read = false)
        ),
        complete = false
    )

    /** As of everyday: more interests than are in sight at once, and some of this month. */
    fun shown() = InterestsState.Shown(
        PhotoAccess.FULL,
        photos = 3813,
        interests = interests,
        thisMonth = listOf(
            MonthlyInterest(interests[3].copy(strength = Strength(6, 1)), isFirst = true),
            MonthlyInterest(interests[0].copy(strength = Strength(12, 1)), isFirst = false),
            MonthlyInterest(interests[1].copy(strength = Strength(1, 1)), isFirst = false)
        ),
        kindsKnown = known.size,
        areasKnown = card.areas.filter { area -> known.any { it.area == area.id } }
    )

    /** As of a bundle that knows very much, and of a user who cares about all of it. */
    fun manyInterests(count: Int) = shown().copy(
        interests = List(count) { index ->
            val category = known[index % known.size]
            val photos = Strength((count - index) * 4, 1 + (count - index) / 8)
            interest(category.copy(id = "$index"), 1f, photos, pictures = 1, firstPhoto = index)
        }
    )

    fun detail(): Interest = interests[1].copy(
        photos = List(60) {
            key(it % 10 + it / 10 * 50)
        }
    )

    /** How often the interest of [detail] was seen in two years. */
    fun monthly(): List<MonthlyPhotos> =
        listOf(4, 9, 2, 0, 0, 1, 18, 42, 61, 37, 12, 3, 0, 0, 2, 5, 0, 8, 31, 55, 40, 21)
            .mapIndexed { index, photos ->
                MonthlyPhotos(NOVEMBER.minusMonths(21L - index), photos)
            }.filter { it.photos > 0 }

    val november = Period.Month(NOVEMBER)

    fun ofMonth(): Interest = detail().copy(
        strength = Strength(21, 1),
        photos = List(21) {
            key(it)
        }
    )

    /** Probable as a whole, though no single photo shows it. */
    fun unclear(): Interest =
        interests[1].copy(strength = Strength(0, 0), photos = List(5) { key(it) })

    fun contributions() = listOf(0.021f, 0.016f, 0.012f, 0.011f, 0.009f, 0.008f)
        .mapIndexed { index, share -> PhotoShare(key(index), share) }

    fun photo() = PhotoState(
        key(0),
        PhotoFindings(
            key(0),
            Instant.parse("2026-08-03T16:20:00Z").toEpochMilli(),
            utcOffsetS = 7200,
            listOf(Finding(category(0), 0.98f), Finding(category(4), 0.56f))
        ),
        GeoLocation(54.1812, 7.8867),
        scene = scene("botanical_garden"),
        place = Place(
            1,
            mapOf("en" to "Helgoland"),
            "DE",
            mapOf("en" to "Germany", "de" to "Deutschland")
        )
    )

    /** One with two faces; what is drawn there is a flower. */
    fun pair() = photo().copy(
        people = People(2, Framing.PAIR),
        objects = listOf(FoundObjects(DOG, 1, 0.1f), FoundObjects(CHAIR, 2, 0.05f)),
        boxes = listOf(
            FoundBox(Box(0.2f, 0.25f, 0.2f, 0.3f)),
            FoundBox(Box(0.55f, 0.3f, 0.18f, 0.28f)),
            FoundBox(Box(0.3f, 0.65f, 0.35f, 0.3f), DOG)
        )
    )

    /** One of an insect, with a kind; what is drawn there is a flower. */
    fun butterfly() = photo().let {
        val kind = card.kinds.first { one -> one.id == "caltech.sunflower" }
        it.copy(
            findings = it.findings?.copy(kinds = listOf(FoundKind(kind, 0.83f))),
            species = listOf(FoundSpecies(MONARCH, 0.91f, Box(0.1f, 0f, 0.8f, 1f)))
        )
    }

    /** What texts say of an interest. */
    fun mentions() = TextMentions(listOf("espresso", "café"), keys(2, 21, 32))

    /** One with text; what is drawn there is a flower. */
    fun sign() = photo().copy(
        text = listOf("GREEN GARDEN MARKET", "12 Harbour Street, Bristol", "TOTAL 18.70")
            .map { TextLine(it, 0.98f, Box(0.1f, 0.1f, 0.8f, 0.1f)) }
    )

    /** A scene by the id of its label. */
    private fun scene(id: String): PhotoScene {
        val label = TestScenes.files.card.labels.first { it.id == id }
        val group = TestScenes.files.card.groups.first { it.id == label.group }
        return PhotoScene(label, group, Setting.OUTDOORS)
    }

    fun analyzers() = listOf(
        AnalyzerChoice("scene", true, 1_240_000),
        AnalyzerChoice("place", true, 310_000),
        AnalyzerChoice("objects", true, 420_000),
        AnalyzerChoice("faces", false, 0)
    )

    fun dullPhoto() = photo().let {
        it.copy(
            findings = it.findings?.copy(findings = emptyList()),
            location = null,
            scene = null,
            place = null
        )
    }

    fun timeline(): List<MonthProfile> = listOf(
        month(0, photos = 112, 0 to 38, 3 to 9)
            .copy(covers = keys(0, 31, 1), trends = Trends(falling = listOf(category(1)))),
        month(1, photos = 61).copy(covers = keys(41, 42, 43)),
        month(2, photos = 2340, 1 to 1204, 0 to 91, 2 to 12, 3 to 7, 4 to 3).copy(
            covers = keys(11, 2, 21, 32, 44),
            trends = Trends(listOf(category(1)), listOf(category(0), category(3)))
        ),
        month(11, photos = 1, 5 to 1).copy(covers = keys(45)),
        month(12, photos = 38, 2 to 20, 3 to 4).copy(covers = keys(22, 33, 23, 24))
    )

    /** Towns of two countries, with drawn photos. */
    fun countries(): List<CountryPhotos> {
        val germany = checkNotNull(photo().place)
        val names = mapOf("en" to "Italy", "de" to "Italien")
        val italy = germany.copy(country = "IT", countryNames = names)
        val towns = listOf(
            PlacePhotos(italy.town(2, "Florence", "Florenz"), 214, key(1)),
            PlacePhotos(italy.town(3, "Venice", "Venedig"), 87, key(2)),
            PlacePhotos(italy.town(4, "Lucca"), 31, key(3)),
            PlacePhotos(germany.town(5, "Munich", "München"), 186, key(4)),
            PlacePhotos(germany, 1, key(11))
        )
        return towns.groupBy { it.place.country }.values.map(::CountryPhotos)
    }

    private fun Place.town(id: Int, name: String, german: String = name) =
        copy(id = id, names = mapOf("en" to name, "de" to german))

    fun trips() = listOf(
        Trip(
            LocalDate.of(2026, 11, 2),
            LocalDate.of(2026, 11, 9),
            checkNotNull(photo().place),
            photos = 61
        )
    )

    private fun keys(vararg ids: Int) = ids.map(::key)

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
        ),
        origin = CatalogueOrigin("Photo Interests", LocalDate.of(2026, 11, 30))
    )

    /** The first of them among the interests. */
    fun products() = suggestions().let { Recommendations(it.items, it.best.take(3), it.origin) }

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
        Choices(null, threads = 4, paused = false),
        sensitive = card.interests.filter { it.shown == Shown.ON_REQUEST }
    )

    fun advanced() = AdvancedState(
        Choices(null, threads = 4, paused = false),
        listOf(Accelerator.CPU, Accelerator.NNAPI),
        listOf(1, 2, 4),
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

    private fun interest(place: Int, probability: Float, strength: Strength, pictures: Int) =
        interest(category(place), probability, strength, pictures, 10 * place)

    private fun interest(
        category: Category,
        probability: Float,
        strength: Strength,
        pictures: Int,
        firstPhoto: Int = 0
    ) = Interest(
        category,
        card.areas.first { it.id == category.area },
        probability,
        order = strength.photos / 2f,
        strength,
        List(pictures) { key(firstPhoto + it) }
    )

    /** August, as its own page shows it. */
    fun month() = MonthContent(
        NOVEMBER.minusMonths(3),
        Profile(2340, interests.drop(1).take(5).map { it.copy(pinned = false) }),
        Trends(listOf(category(1)), listOf(category(0), category(3)))
    )

    private fun month(back: Long, photos: Int, vararg found: Pair<Int, Int>) = MonthProfile(
        NOVEMBER.minusMonths(back),
        photos,
        found.map { (place, count) -> MonthInterest(category(place), 0.9f, count) }
    )

    /** What the drawn photos show, where the bundle knows it. */
    private fun category(place: Int): Category =
        card.interests.find { it.id == drawn[place] } ?: card.interests[place]

    private fun key(id: Int) = PhotoKey("external_primary", id.toLong())
}
