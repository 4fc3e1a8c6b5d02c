package org.photointerests.ui

import java.time.YearMonth
import org.photointerests.insights.interests.Period

private const val PREFIX = "org.photointerests.action."

/**
 * Where the app begins: the action of the intent that starts it says so, and nothing else of it is
 * read. Any app may send one, so that an action only opens a screen that there is.
 */
sealed interface StartAction {
    val action: String

    /** Of a shortcut of the app's icon. */
    data object Search : StartAction {
        override val action = "${PREFIX}SEARCH"
    }

    /** Of a shortcut of the app's icon. */
    data object Scan : StartAction {
        override val action = "${PREFIX}SCAN"
    }

    /** Of the notification after a month. */
    data class Month(val month: YearMonth) : StartAction {
        override val action = "$MONTH$month"
    }

    /** Of the widget. */
    data class Interest(val categoryId: String) : StartAction {
        override val action = "$INTEREST$categoryId"
    }

    companion object {
        private const val MONTH = "${PREFIX}MONTH."
        private const val INTEREST = "${PREFIX}INTEREST."

        /** Those of the shortcuts; res/xml/shortcuts.xml has the same. */
        val shortcuts = listOf(Search, Scan)

        /** Null for the action of the icon itself, and for any other. */
        fun of(action: String?): StartAction? = when {
            action == null -> null
            action.startsWith(MONTH) -> action.removePrefix(MONTH).let(Routes::periodOf)
                .let { it as? Period.Month }?.let { Month(it.month) }
            action.startsWith(INTEREST) -> Interest(action.removePrefix(INTEREST))
            else -> shortcuts.find { it.action == action }
        }
    }
}
