package org.photointerests.insights.interests

import java.io.File
import java.time.ZoneOffset
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable
import kotlinx.serialization.json.Json
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.photointerests.pipeline.index.monthOf

private const val MINUTE_MS = 60_000

/** The events that Python finds, from the file that its tests read too. */
class EventsTest {
    @Serializable
    private class Case(
        val name: String,
        @SerialName("gap_minutes") val gapMinutes: Double,
        @SerialName("taken_ms") val takenMs: List<Long?>,
        val weights: List<Float>
    )

    @Serializable
    private class Vectors(val about: String, val cases: List<Case>)

    private val cases = Json.decodeFromString<Vectors>(
        File(checkNotNull(System.getProperty("contract")), "event_weights.json").readText()
    ).cases

    @Test
    fun eventWeights_everyCase_areThoseOfTheContract() {
        assertTrue("${cases.size}", cases.size >= 10)
        for (case in cases) {
            assertArrayEquals(case.name, case.weights.toFloatArray(), weights(case), 1e-6f)
        }
    }

    /** As the app does: month by month. */
    private fun weights(case: Case): FloatArray {
        val weights = FloatArray(case.takenMs.size)
        val months = case.takenMs.indices.groupBy { row ->
            case.takenMs[row]?.let { monthOf(it, ZoneOffset.UTC) }
        }
        for (rows in months.values) {
            val gapMs = (case.gapMinutes * MINUTE_MS).toLong()
            val ofMonth = eventWeights(rows.map { case.takenMs[it] }, gapMs)
            rows.forEachIndexed { index, row -> weights[row] = ofMonth[index] }
        }
        return weights
    }
}
