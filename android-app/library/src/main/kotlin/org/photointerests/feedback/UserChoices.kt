package org.photointerests.feedback

import androidx.room.Entity
import androidx.room.PrimaryKey

/** An interest that the user says is none. */
@Entity(tableName = "hidden_interests")
data class HiddenInterest(@PrimaryKey val category: String)

/** An interest that the user wants more of. */
@Entity(tableName = "pinned_interests")
data class PinnedInterest(@PrimaryKey val category: String)

/** An album that the user keeps from being read: MediaStore's id and name of it. */
@Entity(tableName = "excluded_albums")
data class ExcludedAlbum(@PrimaryKey val id: String, val name: String)
