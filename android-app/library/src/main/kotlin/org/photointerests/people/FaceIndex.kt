package org.photointerests.people

import androidx.room.withTransaction
import java.util.concurrent.atomic.AtomicInteger
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import org.photointerests.pipeline.analysis.RowTarget
import org.photointerests.pipeline.analysis.detections.Box
import org.photointerests.pipeline.analysis.identity.IdentityAnalyzer
import org.photointerests.pipeline.index.PhotoDatabase
import org.photointerests.pipeline.index.emptyLog
import org.photointerests.search.PersonSearchSource
import org.photointerests.search.words

// SQLite takes 999 arguments at most on the oldest Android.
internal const val ARGUMENTS = 900
private const val CLUSTERS_AT_ONCE = 500

// Groups are put together again when there are this much more faces: all of it costs no more than
// doing it once for all of them, four times over.
private const val GROWTH = 1.25f
private const val FEW_FACES = 40

/** A face on a photo with the numbers of its person. */
internal class EmbeddedFace(val box: Box, val embedding: FloatArray)

/**
 * Keeps the faces of photos in clusters, and puts these together to groups.
 *
 * Clusters are read once for a pass and then kept in memory, 540 bytes each, until something other
 * than this changes them.
 */
internal class FaceIndex(
    private val database: PhotoDatabase,
    private val dispatcher: CoroutineDispatcher = Dispatchers.Default
) {
    private val dao = database.faces()
    private val edits = AtomicInteger()
    private var faces = 0
    private var grouped = 0

    @Volatile
    private var clusters: FaceClusters? = null

    /** Begins a pass of a network, by its hash: deletes what is of another one, and has it seen anew. */
    suspend fun begin(model: String) = database.withTransaction {
        if (dao.model() != model) {
            deleteAll()
            database.analysis().forget(IdentityAnalyzer.NAME)
            dao.insert(FaceModelRow(model))
        }
        faces = dao.count()
        grouped = if (dao.isChanged()) 0 else faces
    }

    /** Forgets what is in memory. */
    fun release() {
        clusters = null
    }

    /** Stores the faces of a photo in the place of those before; runs in a transaction. */
    suspend fun replace(target: RowTarget, found: List<EmbeddedFace>, radius: Float) {
        dao.deleteFaces(target.item)
        if (found.isEmpty()) return
        val all = clusters ?: read().also { clusters = it }
        val rows = found.map { face ->
            val embedding = face.embedding.halves()
            val cluster = put(all, embedding.fromHalves(), radius)
            val (left, top, width, height) = face.box
            FaceRow(
                null,
                target.item,
                target.version,
                left,
                top,
                width,
                height,
                embedding,
                cluster
            )
        }
        dao.insert(rows)
        faces += rows.size
    }

    /** Puts a face into a cluster; returns the id of that. */
    private suspend fun put(all: FaceClusters, embedding: FloatArray, radius: Float): Long {
        val near = all.nearest(embedding, radius)
        val place = near ?: all.begin(dao.insert(ClusterRow(null, null, 0, 0f, NO_SUM, true)))
        all.add(place, embedding)
        dao.update(all.ids[place], all.counts[place], all.squares[place], all.sum(place))
        return all.ids[place]
    }

    /** Whether so many faces came that groups should be put together again. */
    val isGrown get() = faces >= grouped * GROWTH + FEW_FACES

    /**
     * Puts clusters together to groups up to a distance, where faces came or went; groups that the user
     * decided on stay, and the others keep most ids.
     */
    suspend fun regroup(distance: Float) = withContext(dispatcher) {
        do {
            val (revision, groups) = plan(distance) ?: break
            val done = database.withTransaction {
                (revision == edits.get()).also { if (it) assign(groups) }
            }
        } while (!done) // The user changed something meanwhile.
        grouped = faces
        database.emptyLog() // faces of photos that are gone
    }

    /** What is to be put together, and of which edits it knows; null where nothing changed. */
    private suspend fun plan(distance: Float): Pair<Int, List<Grouping>>? {
        var revision = 0
        var people = emptyMap<Long, Long?>()
        var kept = emptySet<Long>()
        val all = database.withTransaction {
            repair()
            revision = edits.get()
            people = dao.people().associate { it.id to it.person }
            kept = dao.kept().toSet()
            if (dao.isChanged()) read() else null
        } ?: return null
        val groups = group(all, people, kept, distance)
        // Most clusters are where they were.
        return revision to groups.map { group ->
            Grouping(
                group.person,
                group.clusters.filter { group.person == null || people[it] != group.person }
            )
        }
    }

    private suspend fun assign(groups: List<Grouping>) {
        for (group in groups.filter { it.clusters.isNotEmpty() }) {
            val person = group.person ?: dao.insert(PersonRow(null, null, kept = false))
            group.clusters.chunked(ARGUMENTS).forEach { dao.assign(person, it) }
        }
        dao.clearChanged()
        deleteEmpty()
    }

    private suspend fun read(): FaceClusters {
        val all = FaceClusters(dao.clusters())
        var last = Long.MIN_VALUE
        while (true) {
            val page = dao.clustersAfter(last, CLUSTERS_AT_ONCE)
            if (page.isEmpty()) return all
            page.forEach(all::restore)
            last = page.last().id
        }
    }

    /** Has the sums of clusters be those of their faces, after faces went or were moved. */
    suspend fun repair() {
        val stale = dao.stale().ifEmpty { return }
        clusters = null
        edits.incrementAndGet()
        for (cluster in stale) {
            val rest = FaceClusters(room = 1).apply { begin(cluster) }
            dao.embeddings(cluster).forEach { rest.add(0, it.fromHalves()) }
            if (rest.counts[0] == 0) {
                dao.deleteCluster(cluster)
            } else {
                dao.update(cluster, rest.counts[0], rest.squares[0], rest.sum(0))
            }
        }
        deleteEmpty()
    }

    /** Deletes groups without faces, with their names. */
    private suspend fun deleteEmpty() {
        val named = database.people().named()
        dao.deleteEmpty()
        val gone = named.filter { dao.person(checkNotNull(it.id)) == null }
        if (gone.isNotEmpty()) forgetNames(gone.mapNotNull { it.name })
    }

    /** Runs a change of groups as one transaction, which what is planned meanwhile will see. */
    suspend fun <T> edit(change: suspend (FaceDao) -> T): T = database.withTransaction {
        edits.incrementAndGet()
        clusters = null
        change(dao).also { repair() }
    }

    /** Deletes all faces, groups and names; runs in a transaction or by itself. */
    suspend fun deleteAll() = edit { dao ->
        val names = database.people().named().mapNotNull { it.name }
        dao.deleteAll()
        forgetNames(names)
    }

    /**
     * Deletes the names of groups from what searches find, which those that are left come back to with
     * the next one, and recent searches for the names that are [gone].
     */
    suspend fun forgetNames(gone: List<String> = emptyList()) {
        val search = database.search()
        search.deleteOfSource(PersonSearchSource.NAME)
        val words = gone.flatMap { it.words() }
        search.recent().filter { it.isFor(words) }.forEach { search.forget(it) }
        // Deleted words stay in the full-text index until its parts are put together.
        database.openHelper.writableDatabase
            .execSQL("INSERT INTO search_texts(search_texts) VALUES('optimize')")
    }

    /** Whether a word of a search is one of these words of names, or the beginning of one. */
    private fun String.isFor(names: List<String>) = words().any { word ->
        word in names || (word.length >= BEGINNING && names.any { it.startsWith(word) })
    }

    private companion object {
        val NO_SUM = ByteArray(0)

        // Letters of a word by which a name is meant.
        const val BEGINNING = 3
    }
}
