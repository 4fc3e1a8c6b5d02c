package org.photointerests.feedback

import androidx.room.Entity

/**
 * That the user does not want a product to be suggested, by its id.
 *
 * Ids are those of a [publisher], which is empty where a catalogue names none.
 */
@Entity(tableName = "rejected_products", primaryKeys = ["publisher", "product"])
data class RejectedProduct(val publisher: String, val product: String)
