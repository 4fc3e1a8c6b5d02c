package org.photointerests.pipeline.index

import java.time.Instant
import java.time.YearMonth
import java.time.ZoneId
import java.time.temporal.ChronoField

/** Number of a month in the database. */
fun YearMonth.number(): Int = getLong(ChronoField.PROLEPTIC_MONTH).toInt()

/** The month of a number in the database. */
fun monthOf(number: Int): YearMonth = YearMonth.of(
    Math.floorDiv(number, 12),
    Math.floorMod(number, 12) + 1
)

/** The month in which a photo was taken, by the clock of this phone. */
fun monthOf(takenAtMs: Long, zone: ZoneId): YearMonth =
    YearMonth.from(Instant.ofEpochMilli(takenAtMs).atZone(zone))
