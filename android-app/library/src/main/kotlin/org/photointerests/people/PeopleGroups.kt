package org.photointerests.people

import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.flatMapLatest
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.flow.map
import org.photointerests.core.PhotoKey
import org.photointerests.pipeline.analysis.identity.IdentityAnalyzer
import org.photointerests.pipeline.index.PhotoDatabase
import org.photointerests.pipeline.index.emptyLog

/**
 * Groups of faces of the same person, where the user switched them on.
 *
 * They grow with each scan. A group that the user named, joined or split is kept: it takes in more
 * faces, and only the user joins it with another such group, or divides it. Functions that change a
 * group throw [PeopleException] where it is not there any more.
 */
class PeopleGroups internal constructor(
    private val database: PhotoDatabase,
    private val index: FaceIndex,
    private val extractorVersion: String,
    running: Flow<String?>
) {
    private val reads = database.people()

    // Version of the analyzer; null where it is switched off, or its models are not there.
    private val version = running.distinctUntilChanged()

    /** Whether the models are there and the user switched them on, at once and whenever it changes. */
    val isOn: Flow<Boolean> = version.map { it != null }.distinctUntilChanged()

    /** How many photos are still to be looked at for faces; none where that is switched off. */
    @OptIn(ExperimentalCoroutinesApi::class)
    val remaining: Flow<Int> = version.flatMapLatest { version ->
        if (version == null) {
            flowOf(0)
        } else {
            database.analysis().pendingCount(extractorVersion, IdentityAnalyzer.NAME, version)
        }
    }.distinctUntilChanged()

    /**
     * Groups on two photos or more, and those that the user decided on, the ones on most photos first;
     * at once and whenever they change.
     */
    val all: Flow<List<PersonGroup>> =
        reads.groups().map { found -> found.map { it.group() } }.distinctUntilChanged()

    /**
     * Faces on one photo alone that the user decided nothing on, on the newest photos first; the first
     * [MAXIMUM_SINGLES].
     */
    val singles: Flow<List<PersonGroup>> = reads.singles(MAXIMUM_SINGLES)
        .map { found -> found.map { it.group() } }.distinctUntilChanged()

    /** About how many bytes faces, groups and names take up, at once and whenever that changes. */
    val bytes: Flow<Long> = reads.count().map { it * FaceRow.BYTES }.distinctUntilChanged()

    /** One group, on however many photos; null when it is not there, or not any more. */
    fun group(id: Long): Flow<PersonGroup?> =
        reads.group(id).map { it?.group() }.distinctUntilChanged()

    /** The first [most] faces of a group, those on the newest photos first. */
    fun faces(id: Long, most: Int): Flow<List<PersonFace>> =
        reads.faces(id, most).map { found -> found.map { it.face() } }.distinctUntilChanged()

    /** The newest [most] photos of a group, newest first, each once. */
    suspend fun photos(id: Long, most: Int): List<PhotoKey> = reads.photos(id, most).map { it.key }

    /** The faces on a photo that are in groups, from left to right. */
    suspend fun ofPhoto(key: PhotoKey): List<GroupedFace> =
        reads.ofPhoto(key.volume, key.id).map { it.face() }

    /** Gives a group a name, the first [MAXIMUM_NAME] characters of it; blank or null for none. */
    suspend fun name(id: Long, name: String?) {
        val kept = name?.trim()?.take(MAXIMUM_NAME)?.ifEmpty { null }
        index.edit { dao ->
            val old = dao.existing(id).name
            dao.keep(id, kept)
            index.forgetNames(listOfNotNull(old))
        }
        database.emptyLog()
    }

    /** Joins groups: what is in the [others] comes into this one, and its name, where it has none. */
    suspend fun merge(id: Long, others: Collection<Long>) = index.edit { dao ->
        val rest = others.distinct() - id
        val first = dao.existing(id)
        val names = rest.map { dao.existing(it).name }
        dao.keep(id, first.name ?: names.firstNotNullOfOrNull { it })
        for (other in rest) {
            dao.move(other, id)
            dao.deletePerson(other)
        }
        index.forgetNames()
    }

    /**
     * Moves some of the faces of a group, by their ids, into a group of their own; returns the id of
     * that.
     */
    suspend fun split(id: Long, faces: Collection<Long>): Long = index.edit { dao ->
        val group = dao.existing(id)
        val all = dao.facesOf(id)
        val chosen = faces.toSet()
        val moved = all.filter { it.id in chosen }
        require(moved.size in 1 until all.size) {
            "faces: expected some of the ${all.size} of group $id, received ${moved.size}"
        }
        dao.keep(id, group.name)
        val new = dao.insert(PersonRow(null, null, kept = true))
        for (ofCluster in moved.groupBy { it.cluster }.values) {
            val apart = dao.insert(ClusterRow(null, new, 0, 0f, ByteArray(0), true))
            ofCluster.map { it.id }.chunked(ARGUMENTS).forEach { dao.moveFaces(it, apart) }
        }
        new
    }

    /**
     * Deletes a group with its faces, overwritten in the file, and recent searches for it; its photos are
     * not read for faces again while they do not change.
     */
    suspend fun forget(id: Long) {
        index.edit { dao ->
            val name = dao.existing(id).name
            dao.deleteFacesOf(id)
            dao.deleteClustersOf(id)
            dao.deletePerson(id)
            index.forgetNames(listOfNotNull(name))
        }
        database.emptyLog()
    }

    private suspend fun FaceDao.existing(id: Long): PersonRow = person(id)
        ?: throw PeopleException("group: expected one that is there, received $id")

    companion object {
        /** Faces on one photo alone that are listed at most. */
        const val MAXIMUM_SINGLES = 1000

        /** Characters of a name at most. */
        const val MAXIMUM_NAME = 100
    }
}
