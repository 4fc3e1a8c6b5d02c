package org.photointerests.store

import androidx.room.Entity
import androidx.room.PrimaryKey

/** An interest that the user says is none. */
@Entity(tableName = "hidden_interests")
data class HiddenInterest(@PrimaryKey val category: String)
