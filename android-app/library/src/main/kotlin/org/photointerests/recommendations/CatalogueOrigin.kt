package org.photointerests.recommendations

import java.time.LocalDate

/** Who published a catalogue, empty where the file does not say, and when it was [made]. */
data class CatalogueOrigin(val publisher: String = "", val made: LocalDate? = null)
