package org.photointerests.store

import androidx.room.Entity
import androidx.room.PrimaryKey
import org.photointerests.gallery.VolumeState

/** What a volume's index was at when a scan with [extractor] had read all of it. */
@Entity(tableName = "checkpoints")
data class Checkpoint(
    @PrimaryKey val volume: String,
    val version: String,
    val generation: Long,
    val extractor: String
) {
    constructor(state: VolumeState, extractor: String) :
        this(state.volume, state.version, state.generation, extractor)
}
