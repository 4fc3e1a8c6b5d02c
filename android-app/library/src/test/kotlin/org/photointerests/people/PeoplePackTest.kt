package org.photointerests.people

import android.app.Application
import androidx.test.core.app.ApplicationProvider
import java.io.File
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.pipeline.analysis.identity.IdentityAnalyzer
import org.photointerests.pipeline.index.PhotoDatabase
import org.photointerests.support.AppTestRunner
import org.photointerests.support.TestApplication
import org.photointerests.support.TestBundle
import org.photointerests.support.TestDetectors
import org.photointerests.support.TestFaces
import org.photointerests.support.TestPacks
import org.photointerests.support.TestWorkManager
import org.photointerests.support.photoSample
import org.photointerests.support.put
import org.photointerests.support.testContainer
import org.robolectric.annotation.Config

private const val NAME = IdentityAnalyzer.NAME

/** The pack that tells people apart, in the app as it is put together. */
@RunWith(AppTestRunner::class)
@Config(application = TestApplication::class)
class PeoplePackTest {
    @get:Rule val workManager = TestWorkManager()
    private val application = ApplicationProvider.getApplicationContext<Application>()
    private val container = testContainer
    private val pack = TestFaces.pack()

    @Before
    fun fill() = runBlocking {
        container.openDatabase = { PhotoDatabase.open(application) {} }
        container.givenPacks = listOf(TestPacks.known(pack, NAME))
        listOf("face", "face").forEachIndexed { id, picture ->
            container.source.put(id.toLong(), TestDetectors.picture(picture))
            val features = TestBundle.goldenFeatures()[id]
            container.database.put(photoSample(photoKey(id), features, id.toLong()))
        }
        container.addPack { pack.inputStream() }
    }

    @After
    fun close() = container.database.close()

    @Test
    fun addedPack_isNotUsed_untilTheUserSwitchesItOn() = runBlocking {
        container.analyzers.run()
        assertEquals(0 to false, count() to isOn())
        assertEquals(0 to false, container.peopleGroups.run { remaining.first() to isOn.first() })
        container.setAnalyzer(NAME, on = true)
        assertEquals(2 to true, container.peopleGroups.run { remaining.first() to isOn.first() })
        container.analyzers.run()
        assertEquals(0, container.peopleGroups.remaining.first())
        assertEquals(2 to true, count() to isOn())
        assertEquals(2, container.peopleGroups.all.first().single().photos)
        // The same pack again, as a newer one would come: it stays on.
        container.addPack { pack.inputStream() }
        assertTrue(isOn())
    }

    @Test
    fun packIsRemoved_allIsDeleted_andItIsOff() = runBlocking {
        find()
        container.removePack(NAME)
        assertEquals(0, count())
        container.addPack { pack.inputStream() }
        assertEquals(false, isOn())
    }

    @Test
    fun everythingIsDeleted_inAllFiles() = runBlocking {
        find()
        val faces = container.database.faces()
        val numbers = faces.clustersAfter(0, 9).flatMap { faces.embeddings(it.id) }
        assertEquals(2, numbers.size)
        val files = filesWith(numbers)
        val database = application.getDatabasePath(PhotoDatabase.FILE).path
        // These are in no backup, as MergedManifestTest sees.
        assertTrue("$files", files.isNotEmpty() && files.all { it.path.startsWith(database) })
        container.deleteEverything()
        assertEquals(0, count())
        assertEquals(emptyList<File>(), filesWith(numbers))
    }

    private suspend fun find() {
        container.setAnalyzer(NAME, on = true)
        container.analyzers.run()
        assertEquals(2, count())
        container.peopleGroups.name(container.peopleGroups.all.first().single().id, "Anna")
    }

    private suspend fun isOn() = container.analyzers.choices.first().single { it.name == NAME }.on

    private suspend fun count() = container.database.faces().count()

    /** Files of the app in which one of these stands. */
    private fun filesWith(numbers: List<ByteArray>): List<File> {
        val wanted = numbers.map { it.toString(Charsets.ISO_8859_1) }
        return application.dataDir.walkTopDown().filter { it.isFile }.filter { file ->
            val content = file.readBytes().toString(Charsets.ISO_8859_1)
            wanted.any { it in content }
        }.toList()
    }
}
