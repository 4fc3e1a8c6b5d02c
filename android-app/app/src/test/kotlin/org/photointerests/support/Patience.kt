package org.photointerests.support

/** How long a test waits for a screen: so long that a loaded machine fails no test. */
const val PATIENCE_MS = 60_000L
