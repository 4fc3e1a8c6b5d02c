package org.photointerests.people

import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.search.PersonSearchSource
import org.photointerests.search.PhotoSearch
import org.photointerests.support.AppTestRunner
import org.photointerests.support.memoryDatabase

private const val ANNA = 1
private const val BEN = 2
private const val STRANGER = 3

/** Groups of drawn faces on a real database. */
@RunWith(AppTestRunner::class)
class PeopleGroupsTest {
    private val database = memoryDatabase()
    private val index = FaceIndex(database)
    private val groups = peopleGroups(database, index)
    private val search = PhotoSearch(database, listOf(PersonSearchSource(database.people())))

    @After
    fun close() = database.close()

    @Test
    fun facesOfOnePerson_areAGroup_ifTheyAreOnTwoPhotos() = runBlocking {
        fill()
        val (anna, ben) = groups.all.first()
        assertEquals(listOf(3, 2), listOf(anna.photos, ben.photos))
        assertEquals(listOf(4, 3, 1).map(::photoKey), groups.photos(anna.id, 9))
        assertEquals(
            listOf(4, 3).map(::photoKey),
            groups.faces(anna.id, 2).first().map {
                it.photo
            }
        )
        assertEquals(listOf(4, 2).map(::photoKey), groups.photos(ben.id, 9))
        assertEquals(
            listOf(anna.id, ben.id),
            groups.ofPhoto(photoKey(4)).map { it.group }
        )
        assertEquals(emptyList<GroupedFace>(), groups.ofPhoto(photoKey(5)))
        assertEquals(6 * FaceRow.BYTES, groups.bytes.first())
        assertNull(anna.name)
    }

    @Test
    fun coverIsTheLargestFace() = runBlocking {
        fill()
        val anna = groups.all.first().first()
        val (left, top, width, height) = anna.cover.box
        assertEquals(listOf(0.01f, 0.2f, 0.1f, 0.1f), listOf(left, top, width, height))
        assertTrue(anna.cover in groups.faces(anna.id, 9).first())
    }

    @Test
    fun names_areKept_foundByWords_andGoWithTheirGroup() = runBlocking {
        fill()
        val (anna, ben) = groups.all.first()
        groups.name(anna.id, "  Anna Müller ")
        groups.name(ben.id, "B".repeat(200))
        assertEquals("Anna Müller", groups.group(anna.id).first()?.name)
        assertEquals(PeopleGroups.MAXIMUM_NAME, groups.group(ben.id).first()?.name?.length)
        search.refresh()
        val found = search.search("muller", 9)
        assertEquals(listOf(4, 3, 1).map(::photoKey), found.photos)
        assertEquals(listOf("Anna Müller"), found.hits.map { it.label })
        assertEquals("${anna.id}", found.hits.single().reference)
        groups.name(anna.id, " ")
        assertNull(groups.group(anna.id).first()?.name)
        assertTrue(search.search("muller", 9).isEmpty)
        search.refresh()
        assertTrue(search.search("muller", 9).isEmpty)
    }

    @Test
    fun faceOnOnePhotoAlone_isListedApart_andShownOnceItHasAName() = runBlocking {
        fill()
        val stranger = groups.singles.first().single()
        assertEquals(photoKey(5), stranger.cover.photo)
        groups.name(stranger.id, "Somebody")
        assertEquals(emptyList<PersonGroup>(), groups.singles.first())
        assertEquals("Somebody", groups.all.first().last().name)
        assertEquals(stranger.id, groups.ofPhoto(photoKey(5)).single().group)
    }

    @Test
    fun recentSearches_forANameThatIsGone_goWithIt_andOthersStay() = runBlocking {
        fill()
        val (anna, ben) = groups.all.first()
        groups.name(anna.id, "Anna")
        groups.name(ben.id, "Ben")
        for (query in listOf("anna beach", "Ann", "ben", "beach")) search.remember(query)
        groups.forget(anna.id)
        assertEquals(setOf("ben", "beach"), search.recent.first().toSet())
        index.deleteAll()
        assertEquals(listOf("beach"), search.recent.first())
    }

    @Test
    fun merged_bothAreOne_withTheNameOfOne_andStaySo() = runBlocking {
        fill()
        val (anna, ben) = groups.all.first()
        groups.name(ben.id, "Ben")
        groups.merge(anna.id, listOf(ben.id, anna.id))
        val one = groups.all.first().single()
        assertEquals(anna.id to "Ben", one.id to one.name)
        assertEquals(4 to 5, one.photos to one.faces)
        assertNull(groups.group(ben.id).first())
        database.putFaces(index, 6, BEN)
        index.regroup(DISTANCE)
        assertEquals(5, groups.all.first().single().photos)
    }

    @Test
    fun split_facesAreApart_andStaySo_andBothTakeInMore() = runBlocking {
        fill()
        val anna = groups.all.first().first()
        val wrong = groups.faces(anna.id, 9).first().first()
        val new = groups.split(anna.id, listOf(wrong.id))
        assertEquals(listOf(3, 1).map(::photoKey), groups.photos(anna.id, 9))
        assertEquals(listOf(photoKey(4)), groups.photos(new, 9))
        database.putFaces(index, 6, ANNA)
        index.regroup(DISTANCE)
        assertEquals(4, groups.photos(anna.id, 9).size + groups.photos(new, 9).size)
        assertTrue(photoKey(4) !in groups.photos(anna.id, 9))
        for (faces in listOf(emptyList(), groups.faces(new, 9).first().map { it.id })) {
            assertThrows(IllegalArgumentException::class.java) {
                runBlocking { groups.split(new, faces) }
            }
        }
    }

    @Test
    fun namedGroups_areNotJoinedByThemselves() = runBlocking {
        database.putFaces(index, 1, ANNA)
        database.putFaces(index, 2, ANNA)
        index.regroup(DISTANCE)
        val (first) = groups.all.first()
        val face = groups.faces(first.id, 1).first().single()
        val second = groups.split(first.id, listOf(face.id))
        groups.name(first.id, "Anna")
        groups.name(second, "Her twin")
        database.putFaces(index, 3, ANNA, ANNA)
        index.regroup(DISTANCE)
        assertEquals(setOf("Anna", "Her twin"), groups.all.first().map { it.name }.toSet())
    }

    @Test
    fun forgotten_itsFacesAreDeleted_andItIsGone() = runBlocking {
        fill()
        val (anna, ben) = groups.all.first()
        groups.name(anna.id, "Anna")
        search.refresh()
        groups.forget(anna.id)
        assertEquals(listOf(ben.id), groups.all.first().map { it.id })
        assertEquals(3 * FaceRow.BYTES, groups.bytes.first())
        assertTrue(search.search("anna", 9).isEmpty)
        assertEquals(emptyList<Long>(), database.faces().stale())
        for (change in listOf<suspend () -> Any>(
            { groups.name(anna.id, "x") },
            { groups.merge(ben.id, listOf(anna.id)) },
            { groups.split(anna.id, listOf(1)) },
            { groups.forget(anna.id) }
        )) {
            assertThrows(PeopleException::class.java) { runBlocking { change() } }
        }
        assertEquals(listOf(ben), groups.all.first())
    }

    @Test
    fun photosThatAreGone_loseTheirFaces_andGroupsThatAreEmptyGo() = runBlocking {
        fill()
        val (anna, ben) = groups.all.first()
        groups.name(anna.id, "Anna")
        for (photo in listOf(1L, 3L, 4L)) {
            val item = checkNotNull(database.media().item("external_primary", photo)?.item)
            database.media().delete(listOf(item))
        }
        assertEquals(listOf(1), groups.group(ben.id).first().let { listOf(it?.photos) })
        index.regroup(DISTANCE)
        assertNull(groups.group(anna.id).first())
        assertNull(database.faces().person(anna.id))
        assertEquals(emptyList<PersonGroup>(), groups.all.first())
        val clusters = database.faces().clustersAfter(0, 9)
        assertEquals(database.faces().count(), clusters.sumOf { it.count })
    }

    @Test
    fun storedSums_areThoseOfTheirFaces_whateverHappened() = runBlocking {
        fill()
        val (anna, ben) = groups.all.first()
        groups.split(anna.id, listOf(groups.faces(anna.id, 1).first().single().id))
        groups.merge(ben.id, listOf(anna.id))
        database.putFaces(index, 1, BEN, STRANGER) // a photo that is read again
        index.release()
        database.putFaces(index, 7, BEN)
        index.regroup(DISTANCE)
        val dao = database.faces()
        for (cluster in dao.clustersAfter(0, 99)) {
            val faces = dao.embeddings(cluster.id).map { it.fromHalves() }
            assertEquals(faces.size, cluster.count)
            val sum = FloatArray(WIDTH).also { cluster.sum.putFloats(it, 0) }
            for (place in 0 until WIDTH) {
                assertEquals(faces.sumOf { it[place].toDouble() }, sum[place].toDouble(), 1e-4)
            }
            assertEquals(
                faces.sumOf { it.squaredLength().toDouble() },
                cluster.squares.toDouble(),
                1e-4
            )
        }
    }

    @Test
    fun groupsThatTheUserDecidedNothingOn_keepTheirIds() = runBlocking {
        fill()
        val before = groups.all.first().map { it.id }
        database.putFaces(index, 6, BEN)
        database.putFaces(index, 7, BEN)
        index.regroup(DISTANCE)
        assertEquals(before.reversed(), groups.all.first().map { it.id })
    }

    @Test
    fun anotherNetwork_beginsAnew() = runBlocking {
        index.begin("a")
        fill()
        index.begin("a")
        assertEquals(2, groups.all.first().size)
        index.begin("b")
        assertEquals(emptyList<PersonGroup>(), groups.all.first())
        assertEquals(0, groups.bytes.first())
    }

    /** Anna on 1, 3 and 4, Ben on 2 and 4, and somebody else on 5. */
    private suspend fun fill() {
        database.putFaces(index, 1, ANNA)
        database.putFaces(index, 2, BEN)
        database.putFaces(index, 3, ANNA)
        database.putFaces(index, 4, ANNA, BEN)
        database.putFaces(index, 5, STRANGER)
        index.regroup(DISTANCE)
    }
}
