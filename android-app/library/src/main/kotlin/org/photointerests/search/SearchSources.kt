package org.photointerests.search

import java.time.format.DateTimeFormatter
import java.util.BitSet
import java.util.Locale
import org.photointerests.core.Category
import org.photointerests.core.Kind
import org.photointerests.core.ModelCard
import org.photointerests.core.Named
import org.photointerests.core.Shown
import org.photointerests.insights.interests.InterestRepository
import org.photointerests.insights.interests.PhotoKinds
import org.photointerests.pipeline.index.monthOf
import org.photointerests.pipeline.media.GalleryException
import org.photointerests.pipeline.media.PhotoSource

/** What a thing of a source is found by. */
private fun Named.text(source: String) =
    (names.values + Synonyms.of(source, id)).distinct().joinToString(" ")

/** The interests that may be shown, by their ids. */
internal class InterestSearchSource(
    private val search: SearchDao,
    private val card: ModelCard,
    private val interests: InterestRepository
) : SearchSource {
    override val name get() = NAME
    private val places = card.interests.withIndex().associate { (place, it) -> it.id to place }

    override suspend fun documents(): List<SearchEntry> {
        interests.update()
        return interests.seen().map { SearchEntry(it.id, it.text(name)) }
    }

    override suspend fun photos(references: List<String>): Map<String, BitSet> = search
        .ofInterests(card.insightsVersion, references.mapNotNull(places::get), least)
        .byReference(::idOf)

    override suspend fun counts(): Map<String, Int> {
        val seen = interests.seen().map(Category::id).toSet()
        return search.interestCounts(card.insightsVersion, least)
            .associate { idOf(it.reference) to it.photos }.filterKeys { it in seen }
    }

    private val least get() = card.thresholds.photo

    private fun idOf(place: String) = card.interests[place.toInt()].id

    companion object {
        const val NAME = "interests"
    }
}

/** The kinds, by their ids, without those of sensitive interests that are not shown. */
internal class KindSearchSource(
    private val search: SearchDao,
    private val card: ModelCard,
    private val interests: InterestRepository,
    private val photoKinds: PhotoKinds
) : SearchSource {
    override val name get() = NAME

    private val places = card.kinds.withIndex().associate { (place, it) -> it.id to place }

    override suspend fun update() = photoKinds.update()

    override suspend fun documents(): List<SearchEntry> =
        seen().map { SearchEntry(it.id, it.text(name)) }

    override suspend fun photos(references: List<String>): Map<String, BitSet> = search
        .ofKinds(card.insightsVersion, references.mapNotNull(places::get)).byReference(::idOf)

    override suspend fun counts(): Map<String, Int> {
        val seen = seen().map(Kind::id).toSet()
        return search.kindCounts(card.insightsVersion)
            .associate { idOf(it.reference) to it.photos }.filterKeys { it in seen }
    }

    private suspend fun seen(): List<Kind> {
        val hidden = (card.interests.filter { it.shown == Shown.ON_REQUEST } - interests.seen())
            .map(Category::id).toSet()
        return card.kinds.filter { kind -> kind.mainInterests.none { it in hidden } }
    }

    private fun idOf(place: String) = card.kinds[place.toInt()].id

    companion object {
        const val NAME = "kinds"
    }
}

/** The months with photos, by their numbers; their names are those of the card's languages. */
internal class MonthSearchSource(private val search: SearchDao, private val card: ModelCard) :
    SearchSource {
    override val name get() = NAME
    private val formats = card.interests.flatMap { it.names.keys }.distinct()
        .map { DateTimeFormatter.ofPattern("LLLL LLL yyyy MM", Locale.forLanguageTag(it)) }

    override suspend fun documents(): List<SearchEntry> = search.monthCounts(version).map { month ->
        val text = formats.joinToString(" ") { it.format(monthOf(month.reference.toInt())) }
        SearchEntry(month.reference, text)
    }

    override suspend fun photos(references: List<String>): Map<String, BitSet> =
        search.ofMonths(version, references.map(String::toInt)).byReference()

    override suspend fun counts(): Map<String, Int> =
        search.monthCounts(version).associate { it.reference to it.photos }

    private val version get() = card.extractorVersion

    companion object {
        const val NAME = "months"
    }
}

/** The albums with scanned photos, by MediaStore's ids. */
internal class AlbumSearchSource(private val search: SearchDao, private val gallery: PhotoSource) :
    SearchSource {
    override val name get() = NAME

    override suspend fun documents(): List<SearchEntry> {
        val known = counts().keys
        val albums = try {
            gallery.albums()
        } catch (_: GalleryException) {
            // Those that are known already are found on.
            return search.documents(NAME).map { SearchEntry(it.reference, it.text, it.label) }
        }
        return albums.filter { it.id in known && it.name.isNotBlank() }
            .map { SearchEntry(it.id, it.name, it.name) }
    }

    override suspend fun photos(references: List<String>): Map<String, BitSet> =
        search.ofAlbums(references).byReference()

    override suspend fun counts(): Map<String, Int> =
        search.albumCounts().associate { it.reference to it.photos }

    companion object {
        const val NAME = "albums"
    }
}
