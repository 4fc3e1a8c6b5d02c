package org.photointerests.search

import org.photointerests.core.PhotoKey

/**
 * Something that words found, by the name of its [SearchSource] and its [reference] in it.
 *
 * [photos] of the photos that were found are its, and [covers] are the newest of these. [label] is
 * its name where neither the card nor the calendar has one.
 */
data class SearchHit(
    val source: String,
    val reference: String,
    val label: String,
    val photos: Int,
    val covers: List<PhotoKey>
) {
    /** What a screen keeps it by. */
    val id get() = "$source/$reference"
}

/**
 * What was found for [query]: [hits], the best first, and the newest of [photoCount] photos.
 *
 * [corrections] are the terms that were looked for in the place of words that nothing has.
 */
data class SearchResults(
    val query: String,
    val hits: List<SearchHit>,
    val photoCount: Int,
    val photos: List<PhotoKey>,
    val corrections: Map<String, List<String>> = emptyMap()
) {
    val isEmpty get() = photoCount == 0 && hits.isEmpty()
}

/** Names of the sources that every bundle has. */
object SearchSources {
    const val INTERESTS = InterestSearchSource.NAME
    const val KINDS = KindSearchSource.NAME
    const val SCENES = SceneSearchSource.NAME
    const val PLACES = PlaceSearchSource.NAME
    const val PEOPLE = PeopleSearchSource.NAME

    /** People that the user gave a name to; a reference is the id of a group. */
    const val PERSONS = PersonSearchSource.NAME
    const val OBJECTS = ObjectSearchSource.NAME
    const val MONTHS = MonthSearchSource.NAME
    const val ALBUMS = AlbumSearchSource.NAME
}
