package org.photointerests.pipeline.index

import androidx.room.Entity
import androidx.room.PrimaryKey
import org.photointerests.pipeline.media.VolumeState

/** What a volume's index was at when a scan with these [analyzers] had read all of it. */
@Entity(tableName = "checkpoints")
data class Checkpoint(
    @PrimaryKey val volume: String,
    val version: String,
    val generation: Long,
    val analyzers: String
) {
    companion object {
        /** Null where Android reports no generation, before 11. */
        fun of(state: VolumeState, analyzers: String): Checkpoint? =
            state.generation?.let { Checkpoint(state.volume, state.version, it, analyzers) }
    }
}
