package org.photointerests.store

import androidx.room.ColumnInfo
import androidx.room.Entity
import androidx.room.PrimaryKey

/**
 * What a month's photos say together: the aggregator's running state, as its floats' bytes.
 *
 * The row goes whenever a photo of the month comes, changes or goes. [token] is drawn when the
 * reading begins; [state] is null until it ends. [models] names the extractor and the aggregator.
 */
@Entity(tableName = "month_states")
class MonthState(
    @PrimaryKey val month: Int,
    val models: String,
    val token: Long,
    @ColumnInfo(typeAffinity = ColumnInfo.BLOB) val state: ByteArray?
)

/** A profile as it was last shown, by the name of its period; [basis] tells of which months. */
@Entity(tableName = "profiles")
class StoredProfile(
    @PrimaryKey val period: String,
    val models: String,
    val basis: Long,
    val content: String
)
