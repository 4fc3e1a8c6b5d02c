package org.photointerests.search

import androidx.room.withTransaction
import java.util.BitSet
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.withContext
import org.photointerests.core.PhotoKey
import org.photointerests.pipeline.analysis.species.SpeciesAnalyzer
import org.photointerests.pipeline.index.PhotoDatabase

private const val MAX_DOCUMENTS = 200
private const val MAX_HITS = 8
private const val MAX_WORDS = 8
private const val COVERS = 4
private const val MIN_CORRECTED_LENGTH = 4
private const val MAX_CORRECTIONS = 12
private const val MAX_RECENT = 20

// Too fine to begin a search with.
private val NOT_SUGGESTED = setOf(
    KindSearchSource.NAME,
    SceneSearchSource.NAME,
    PeopleSearchSource.NAME,
    ObjectSearchSource.NAME,
    SpeciesAnalyzer.BIRDS,
    SpeciesAnalyzer.INSECTS
)

/**
 * Finds photos by words: names of what [sources] know, and what analyzers read on single photos.
 *
 * A word finds all that has a word which begins with it. Where there is none, words one edit away
 * count. Several words find the photos that each of them finds.
 */
class PhotoSearch(
    private val database: PhotoDatabase,
    private val sources: List<SearchSource>,
    private val dispatcher: CoroutineDispatcher = Dispatchers.Default,
    private val nowMs: () -> Long = System::currentTimeMillis
) {
    private val dao = database.search()
    private val photos = NewestPhotos(dao)
    private val terms = SearchTerms(database)

    /** What was searched for last, at once and whenever it changes. */
    val recent: Flow<List<String>> = dao.recent(MAX_RECENT)

    /** Brings the documents of all sources up to date; to be called before the first [search]. */
    suspend fun refresh() = withContext(dispatcher) {
        val wanted = sources.associate { it.name to it.documents() }
        database.withTransaction { wanted.forEach { (source, all) -> refresh(source, all) } }
    }

    /** Works out what sources need time for; to be called after [refresh], and to search again. */
    suspend fun update() = withContext(dispatcher) { sources.forEach { it.update() } }

    private suspend fun refresh(source: String, documents: List<SearchEntry>) {
        val wanted = documents.associateBy { it.reference }
        val stored = dao.documents(source)
        val (kept, old) = stored.partition { document ->
            wanted[document.reference]?.let {
                it.label == document.label && it.text.folded() == document.text
            } == true
        }
        old.mapNotNull { it.id }.chunked(MAX_DOCUMENTS).forEach { dao.delete(it) }
        val known = kept.map { it.reference }.toSet()
        val new = wanted.values.filter { it.reference !in known }
        dao.insert(
            new.map {
                SearchDocument(null, source, it.reference, null, it.label, it.text.folded())
            }
        )
    }

    /** The newest [most] photos for the words of [query], and what these words found. */
    suspend fun search(query: String, most: Int): SearchResults = withContext(dispatcher) {
        val words = query.words().distinct().take(MAX_WORDS)
        if (words.isEmpty()) return@withContext SearchResults(query, emptyList(), 0, emptyList())
        val matches = words.map { match(it) }
        val sets = photosOf(matches.flatMap { it.documents })
        val found = matches.map { it.photos(sets) }.reduce { all, one -> all.apply { and(one) } }
        SearchResults(
            query,
            hits(matches, sets, found),
            found.cardinality(),
            photos.newest(found, most),
            matches.filter { it.corrections.isNotEmpty() }.associate { it.word to it.corrections }
        )
    }

    /** Something to find: the [most] interests and albums with most photos, the newest months. */
    suspend fun suggestions(most: Int): List<SearchHit> = withContext(dispatcher) {
        sources.filter { it.name !in NOT_SUGGESTED }.flatMap { source ->
            val labels = dao.documents(source.name).associate { it.reference to it.label }
            val counts = source.counts().filterKeys { it in labels }.entries
            val first = if (source.name == MonthSearchSource.NAME) {
                counts.sortedByDescending { it.key.toInt() }
            } else {
                counts.sortedByDescending { it.value }
            }
            first.take(most).map { (reference, photos) ->
                SearchHit(source.name, reference, labels.getValue(reference), photos, emptyList())
            }
        }
    }

    /** Keeps a search among the [recent] ones. */
    suspend fun remember(query: String) {
        if (query.isNotBlank()) {
            dao.remember(RecentSearch(query.trim(), nowMs()), MAX_RECENT)
        }
    }

    suspend fun forget(query: String) = dao.forget(query)

    suspend fun forgetAll() = dao.forgetAll()

    private suspend fun match(word: String): WordMatch {
        val exact = match(word, "$word*", emptyList())
        if (!exact.isEmpty || word.length < MIN_CORRECTED_LENGTH) return exact
        val near = terms.near(word).take(MAX_CORRECTIONS)
        return if (near.isEmpty()) exact else match(word, near.joinToString(" OR "), near)
    }

    private suspend fun match(word: String, query: String, corrections: List<String>) = WordMatch(
        word,
        dao.matches(query, MAX_DOCUMENTS),
        dao.matchedItems(query).toBitSet(),
        corrections
    )

    private suspend fun photosOf(documents: List<MatchedDocument>): Map<Long, BitSet> {
        val bySource = documents.distinctBy { it.id }.groupBy { it.source }
        return sources.flatMap { source ->
            val own = bySource[source.name].orEmpty()
            val sets = source.photos(own.map { it.reference })
            own.mapNotNull { document -> sets[document.reference]?.let { document.id to it } }
        }.toMap()
    }

    private suspend fun hits(
        matches: List<WordMatch>,
        sets: Map<Long, BitSet>,
        found: BitSet
    ): List<SearchHit> {
        val candidates = candidates(matches).mapNotNull { candidate ->
            val own = (sets[candidate.document.id]?.clone() as BitSet?)?.apply { and(found) }
            own?.takeIf { !it.isEmpty }?.let { candidate to it }
        }
        return sources.flatMap { source ->
            candidates.filter { (candidate, _) -> candidate.document.source == source.name }
                .sortedWith(
                    compareByDescending<Pair<Candidate, BitSet>> { it.first.words.size }
                        .thenByDescending { it.first.wholeWords }
                        .thenByDescending { it.second.cardinality() }
                )
                .take(MAX_HITS)
                .map { (candidate, own) ->
                    val (id, label) = candidate.document.run { reference to label }
                    SearchHit(
                        source.name,
                        id,
                        label,
                        own.cardinality(),
                        photos.newest(own, COVERS)
                    )
                }
        }
    }
}

/** What a word has found. */
private class WordMatch(
    val word: String,
    val documents: List<MatchedDocument>,
    val items: BitSet,
    val corrections: List<String>
) {
    val isEmpty get() = documents.isEmpty() && items.isEmpty

    fun photos(sets: Map<Long, BitSet>) = (items.clone() as BitSet).also { all ->
        documents.forEach { document -> sets[document.id]?.let(all::or) }
    }
}

/** A document, and which of the words it has; [wholeWords] counts those that it has as a whole. */
private class Candidate(val document: MatchedDocument, val words: Set<String>) {
    val wholeWords = document.text.words().toSet().let { own -> words.count { it in own } }
}

/** Without those that another one of their source has all words of, and more. */
private fun candidates(matches: List<WordMatch>): List<Candidate> {
    val all = matches.flatMap { match -> match.documents.map { it to match.word } }
        .groupBy({ it.first.id }, { it })
        .values.map { same -> Candidate(same.first().first, same.map { it.second }.toSet()) }
    val wordSets = all.groupBy({ it.document.source }, { it.words }).mapValues { it.value.toSet() }
    return all.filter { one ->
        wordSets.getValue(one.document.source)
            .none { it.size > one.words.size && it.containsAll(one.words) }
    }
}

private fun List<Long>.toBitSet() = BitSet().also { set ->
    forEach { set.set(Math.toIntExact(it)) }
}
