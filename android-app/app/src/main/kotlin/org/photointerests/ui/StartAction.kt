package org.photointerests.ui

/** What a shortcut of the app's icon begins with; res/xml/shortcuts.xml has the same [action]s. */
enum class StartAction(val action: String) {
    SEARCH("org.photointerests.action.SEARCH"),
    SCAN("org.photointerests.action.SCAN");

    companion object {
        /** Null for the action of the icon itself, and for any other. */
        fun of(action: String?): StartAction? = entries.find { it.action == action }
    }
}
