package org.photointerests.insights.interests

import java.time.Duration
import java.time.Instant
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.test.runTest
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.photointerests.core.PhotoKey
import org.photointerests.core.Shown
import org.photointerests.people.ClusterRow
import org.photointerests.people.FaceRow
import org.photointerests.people.PersonRow
import org.photointerests.pipeline.analysis.detections.DetectionRow
import org.photointerests.pipeline.index.AnalyzerVersion
import org.photointerests.support.AppTestRunner
import org.photointerests.support.TestBundle
import org.photointerests.support.memoryDatabase
import org.photointerests.support.photoSample
import org.photointerests.support.put

private val NOW = Instant.parse("2026-11-21T10:00:00Z")

/** The file that is shared, read as another program would. */
@RunWith(AppTestRunner::class)
class ProfileExportTest {
    @get:Rule val folder = TemporaryFolder()
    private val card = TestBundle.decided.card
    private val model = InterestModel(TestBundle.bundle)
    private val database = memoryDatabase()
    private val choices = database.feedback()
    private val interests = InterestRepository(database, card, model)
    private val export by lazy {
        ProfileExport(folder.root, interests, choices, card, { NOW })
    }

    @After
    fun close() {
        database.close()
        model.close()
    }

    @Test
    fun write_profile_hasTheFormOfTheReadme() = runTest {
        TestBundle.goldenFeatures().forEachIndexed { index, features ->
            val key = PhotoKey("external_primary", index.toLong())
            // An hour apart: each is an event by itself.
            val takenAt = NOW.minus(Duration.ofHours(index.toLong())).toEpochMilli()
            database.put(photoSample(key, features, takenAt, album = "Secret"))
        }
        val found = interests.profile(Period.All, 1).interests
        choices.hide(found[0].category.id)
        choices.pin(found[2].category.id)
        val text = export.write().readText()
        val json = Json.parseToJsonElement(text).jsonObject
        val keys = setOf(
            "format",
            "made",
            "bundle",
            "photos",
            "interests",
            "not_interests",
            "months"
        )
        assertEquals(keys, json.keys)
        assertEquals("2", json.text("format"))
        assertEquals("$NOW", json.text("made"))
        assertEquals(card.version, json.getValue("bundle").jsonObject.text("version"))
        assertEquals("${TestBundle.goldenFeatures().size}", json.text("photos"))
        val entries = json.getValue("interests").jsonArray.map { it.jsonObject }
        assertEquals(
            listOf(found[2].category.id to "true", found[1].category.id to "false"),
            entries.map { it.text("id") to it.text("pinned") }
        )
        assertEquals(found[2].probability, entries.first().text("probability").toFloat(), 1e-6f)
        assertEquals(found[2].area.id, entries.first().text("area"))
        assertEquals(found[2].strength.photos, entries.first().text("photos").toInt())
        assertEquals(found[2].strength.months, entries.first().text("months").toInt())
        val hidden = json.getValue("not_interests").jsonArray.map { it.jsonPrimitive.content }
        assertEquals(choices.hidden().first(), hidden)
        val month = json.getValue("months").jsonArray.single().jsonObject
        assertEquals("2026-11", month.text("month"))
        assertEquals(json.text("photos"), month.text("photos"))
        assertFalse(text, "external_primary" in text || "Secret" in text)
        assertEquals(text.toByteArray().size.toLong(), export.bytes())
        export.delete()
        assertEquals(0, export.bytes())
    }

    @Test
    fun write_facesOfPhotos_areNotInIt() = runTest {
        val key = PhotoKey("external_primary", 1)
        database.put(photoSample(key, TestBundle.goldenFeatures().first()))
        val before = export.write().readText()
        val version = database.analysis().insert(AnalyzerVersion(null, "faces", "v"))
        val face = DetectionRow(1, version, 0, 0, 0.9f, 0.1f, 0.1f, 0.2f, 0.2f)
        database.detections().replace("faces", 1, listOf(face))
        assertEquals(1, database.detections().count("faces").first())
        assertEquals(before, export.write().readText())
    }

    @Test
    fun write_peopleAndTheirNames_areNotInIt() = runTest {
        val key = PhotoKey("external_primary", 1)
        database.put(photoSample(key, TestBundle.goldenFeatures().first()))
        val before = export.write().readText()
        val faces = database.faces()
        val person = faces.insert(PersonRow(null, "Anna", kept = true))
        val cluster = faces.insert(ClusterRow(null, person, 1, 1f, ByteArray(512), false))
        val numbers = ByteArray(256) { 60 }
        faces.insert(listOf(FaceRow(null, 1, 1, 0.1f, 0.1f, 0.2f, 0.2f, numbers, cluster)))
        assertEquals(1, faces.count())
        assertEquals(before, export.write().readText())
    }

    /** They are in no file, even while the app shows them. */
    @Test
    fun write_sensitiveInterests_areLeftOut() = runTest {
        TestBundle.goldenFeatures().forEachIndexed { index, features ->
            val takenAt = NOW.minus(Duration.ofHours(index.toLong())).toEpochMilli()
            database.put(
                photoSample(PhotoKey("external_primary", index.toLong()), features, takenAt)
            )
        }
        val ids = interests.profile(Period.All, 1).interests.map { it.category.id }.take(2)
        val sensitive = card.copy(
            interests = card.interests.map {
                if (it.id in ids) it.copy(shown = Shown.ON_REQUEST) else it
            }
        )
        val asked = InterestRepository(database, sensitive, model, sensitive = flowOf(true))
        assertEquals(3, asked.profile(Period.All, 1).interests.size)
        choices.hide(ids[1])
        val text = ProfileExport(folder.root, asked, choices, sensitive, { NOW }).write().readText()
        for (id in ids) assertFalse(text, "\"$id\"" in text)
        assertEquals(
            1,
            Json.parseToJsonElement(text).jsonObject.getValue("interests").jsonArray.size
        )
    }

    @Test
    fun write_nothingRead_isEmptyAndWhole() = runTest {
        val json = Json.parseToJsonElement(export.write().readText()).jsonObject
        assertEquals("0", json.text("photos"))
        assertEquals(0, json.getValue("interests").jsonArray.size)
    }

    /** What another phone imports are choices: they do not wait for photos. */
    @Test
    fun write_nothingRead_hasWhatIsPinned() = runTest {
        val (pinned, hidden) = card.interests.filter { it.shown == Shown.ALWAYS }.map { it.id }
        choices.pin(pinned)
        choices.hide(hidden)
        val json = Json.parseToJsonElement(export.write().readText()).jsonObject
        val entry = json.getValue("interests").jsonArray.single().jsonObject
        assertEquals(pinned to "true", entry.text("id") to entry.text("pinned"))
        assertEquals("0" to "0", entry.text("photos") to entry.text("months"))
        assertEquals(
            hidden,
            json.getValue("not_interests").jsonArray.single().jsonPrimitive.content
        )
    }

    private fun JsonObject.text(key: String) = getValue(key).jsonPrimitive.content
}
