package org.photointerests.support

import java.time.YearMonth
import org.photointerests.core.PhotoKey
import org.photointerests.pipeline.index.number
import org.photointerests.search.SearchHit
import org.photointerests.search.SearchResults
import org.photointerests.search.SearchSources
import org.photointerests.ui.photo.PhotoState
import org.photointerests.ui.photo.ViewerState
import org.photointerests.ui.search.SearchState
import org.photointerests.ui.search.searchNames

/** What the screens of searches and photos show in pictures. */
object SearchSamples {
    private val card = TestBundle.bundle.card
    private val start = SearchState(names = card.searchNames())
    private val august = YearMonth.of(2026, 8)

    /** What can be found, before a word is typed. */
    fun start() = start.copy(
        recent = listOf("flowers august", "Boats and ships", "2024"),
        suggestions = suggestions()
    )

    /** The same with places. */
    fun places() = start().let { state ->
        val places = listOf("Florence, Italy", "Helgoland, Germany", "Italy")
            .map { hit(SearchSources.PLACES, it, 30, 0, it) }
        state.copy(recent = emptyList(), suggestions = state.suggestions + places)
    }

    fun results() = start.copy(
        results = SearchResults(
            "flo",
            listOf(
                hit(SearchSources.INTERESTS, "flowers", 351, 0),
                hit(SearchSources.KINDS, "caltech.sunflower", 41, 30),
                hit(SearchSources.ALBUMS, "7", 12, 20, "Florence")
            ),
            photoCount = 363,
            photos = List(60) { key(it % 10 + it / 10 * 50) }
        )
    )

    fun corrected() = results().let {
        val results = checkNotNull(it.results).copy(
            query = "flwoers august",
            hits = listOf(
                hit(SearchSources.INTERESTS, "flowers", 9, 0),
                hit(SearchSources.MONTHS, "${august.number()}", 9, 0)
            ),
            photoCount = 9,
            photos = List(9) { place -> key(place) },
            corrections = mapOf("flwoers" to listOf("flowers"))
        )
        it.copy(results = results)
    }

    fun nothing() =
        start.copy(results = SearchResults("submarine races", emptyList(), 0, emptyList()))

    fun notScanned() = start

    fun viewer(photo: PhotoState = Samples.photo().copy(similar = List(8) { key(it + 1) })) =
        ViewerState(List(12) { key(it) }, photo)

    private fun suggestions() =
        listOf("flowers", "boats", "fruit_vegetables", "meals", "gardening", "sea_life")
            .map { hit(SearchSources.INTERESTS, it, 100, 0) } +
            (0L..5L).map {
                hit(SearchSources.MONTHS, "${august.minusMonths(it).number()}", 50, 0)
            } +
            listOf("Camera", "Florence", "WhatsApp Images")
                .map { hit(SearchSources.ALBUMS, it, 90, 0, it) }

    private fun hit(source: String, id: String, photos: Int, cover: Int, label: String = "") =
        SearchHit(source, id, label, photos, listOf(key(cover)))

    private fun key(id: Int) = PhotoKey("external_primary", id.toLong())
}
