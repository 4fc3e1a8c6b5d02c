package org.photointerests.ui.interests

import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import org.photointerests.R
import org.photointerests.insights.interests.Interest
import org.photointerests.ui.designsystem.Tile
import org.photointerests.ui.designsystem.name
import org.photointerests.ui.designsystem.strengthText

/** An interest as its clearest photo, with how strong it is; [ofOneMonth] by that month's photos. */
@Composable
internal fun InterestTile(
    interest: Interest,
    ofOneMonth: Boolean,
    modifier: Modifier = Modifier,
    badge: String? = null,
    isChosen: Boolean = false,
    onClick: () -> Unit
) {
    val pinned = if (interest.pinned) stringResource(R.string.interests_pinned) else null
    Tile(
        interest.photos.firstOrNull(),
        interest.category.name(),
        strengthText(interest.strength, ofOneMonth),
        onClick,
        modifier,
        badge ?: pinned,
        R.drawable.ic_pin.takeIf { badge == null },
        isChosen = isChosen
    )
}
