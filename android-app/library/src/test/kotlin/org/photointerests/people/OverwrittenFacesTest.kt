package org.photointerests.people

import java.io.File
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.photointerests.kill.fileDatabase
import org.photointerests.pipeline.index.PhotoDatabase
import org.photointerests.pipeline.index.emptyLog
import org.photointerests.search.PersonSearchSource
import org.photointerests.search.PhotoSearch
import org.photointerests.support.AppTestRunner

private const val ANNA = 1
private const val BEN = 2
private const val PHOTOS = 40
private const val NAME = "Annabellissima"

/** Bytes of the database's files, in which what was deleted must not stand any more. */
@RunWith(AppTestRunner::class)
class OverwrittenFacesTest {
    @get:Rule val folder = TemporaryFolder()
    private val numbers = mapOf(ANNA to embeddings(ANNA), BEN to embeddings(BEN))

    @Test
    fun forgottenGroup_isOverwritten_andItsNameToo() = check { _, _, groups ->
        groups.forget(groups.all.first().single { it.name == NAME }.id)
        assertEquals(0 to PHOTOS, found(ANNA) to found(BEN))
    }

    @Test
    fun all_isOverwritten() = check { database, index, _ ->
        index.deleteAll()
        database.emptyLog()
        assertEquals(0 to 0, found(ANNA) to found(BEN))
    }

    @Test
    fun facesOfPhotosThatAreGone_areOverwritten_withTheNextPass() = check { database, index, _ ->
        database.media().delete((1L..PHOTOS).toList())
        index.regroup(DISTANCE)
        assertEquals(0 to 0, found(ANNA) to found(BEN))
    }

    private fun check(
        delete: suspend OverwrittenFacesTest.(PhotoDatabase, FaceIndex, PeopleGroups) -> Unit
    ) = runBlocking {
        val database = fileDatabase(file)
        val index = FaceIndex(database)
        val groups = peopleGroups(database, index)
        repeat(PHOTOS) { database.putFaces(index, it + 1, ANNA, BEN) }
        index.regroup(DISTANCE)
        groups.name(groups.all.first().first().id, NAME)
        val anna = groups.all.first().single { it.name == NAME }
        PhotoSearch(database, listOf(PersonSearchSource(database.people()))).refresh()
        assertEquals(PHOTOS, anna.photos)
        assertEquals(PHOTOS to PHOTOS, found(ANNA) to found(BEN))
        assertTrue(isNamed())
        delete(database, index, groups)
        assertTrue(!isNamed())
        database.close()
    }

    private val file get() = File(folder.root, "photos.db")

    private fun content() = folder.root.listFiles().orEmpty()
        .joinToString("") { it.readBytes().toString(Charsets.ISO_8859_1) }

    /** How many faces of a person stand in any file. */
    private fun found(person: Int): Int {
        val content = content()
        return numbers.getValue(person).count { it in content }
    }

    private fun isNamed() = content().contains(NAME, ignoreCase = true)

    private fun embeddings(person: Int) = (1..PHOTOS).map {
        drawnFace(person, it).embedding.halves().toString(Charsets.ISO_8859_1)
    }
}
