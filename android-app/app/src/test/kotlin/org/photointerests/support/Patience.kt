package org.photointerests.support

/** How long a test waits for a screen. */
const val PATIENCE_MS = 15_000L
