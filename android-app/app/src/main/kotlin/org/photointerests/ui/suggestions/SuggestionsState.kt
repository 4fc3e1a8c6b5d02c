package org.photointerests.ui.suggestions

import org.photointerests.recommendations.CatalogueOrigin
import org.photointerests.recommendations.CatalogueProblem
import org.photointerests.recommendations.Recommendation

/** What the screen of suggestions shows. */
sealed interface SuggestionsState {
    data object Loading : SuggestionsState

    /** Nothing to choose from; [problem] is that of the file chosen last. */
    data class NoCatalogue(val problem: CatalogueProblem? = null) : SuggestionsState

    /** There are [items] products, and no photo was read that could say which. */
    data class Unread(val items: Int, val problem: CatalogueProblem? = null) : SuggestionsState

    /** The best of [items] products of a catalogue of [origin], best first. */
    data class Shown(
        val items: Int,
        val best: List<Recommendation>,
        val problem: CatalogueProblem? = null,
        val origin: CatalogueOrigin = CatalogueOrigin()
    ) : SuggestionsState
}
