package org.photointerests.search

import java.util.BitSet
import java.util.Locale
import org.photointerests.pipeline.analysis.places.PhotoPlaces
import org.photointerests.pipeline.analysis.places.Place

private const val COUNTRY = "country/"

/** The towns and countries that photos were taken in, by the index of the town or the code. */
internal class PlaceSearchSource(
    private val places: PhotoPlaces,
    private val language: () -> String = { Locale.getDefault().language }
) : SearchSource {
    override val name get() = NAME

    override suspend fun documents(): List<SearchEntry> {
        val all = places.all().map { it.place }
        return all.map { SearchEntry("${it.id}", it.names.text(), it.title(language())) } +
            all.distinctBy { it.country }.map {
                val label = it.countryName(language())
                SearchEntry(COUNTRY + it.country, "${it.countryNames.text()} $label", label)
            }
    }

    override suspend fun photos(references: List<String>): Map<String, BitSet> {
        val byCountry = places.all().map { it.place }.groupBy(Place::country) { "${it.id}" }
        val wanted = references.associateWith {
            val country = it.removePrefix(COUNTRY)
            if (country == it) listOf(it) else byCountry[country].orEmpty()
        }
        val towns = wanted.values.flatten().distinct().map(String::toInt)
        val sets = places.items(towns).byReference()
        return wanted.mapValues { (_, towns) ->
            BitSet().apply { towns.mapNotNull(sets::get).forEach(::or) }
        }.filterValues { !it.isEmpty }
    }

    override suspend fun counts(): Map<String, Int> {
        val all = places.all()
        return all.associate { "${it.place.id}" to it.photos } +
            all.groupBy { COUNTRY + it.place.country }
                .mapValues { (_, own) -> own.sumOf { it.photos } }
    }

    companion object {
        const val NAME = "places"
    }
}

private fun Map<String, String>.text() = values.distinct().joinToString(" ")
