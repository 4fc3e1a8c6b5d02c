package org.photointerests.ui.designsystem

import androidx.compose.runtime.Composable
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import org.photointerests.R
import org.photointerests.insights.interests.Strength

/** "351 photos, 14 months"; the photos alone where all are of one month anyway. */
@Composable
fun strengthText(strength: Strength, ofOneMonth: Boolean): String {
    if (strength.photos == 0) return stringResource(R.string.strength_none)
    val photos = photoCount(strength.photos)
    if (ofOneMonth) return photos
    val months =
        pluralStringResource(R.plurals.interest_months, strength.months, strength.months)
    return stringResource(R.string.strength, photos, months)
}
