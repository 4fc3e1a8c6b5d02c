package org.photointerests.kill

import java.io.File
import java.util.concurrent.atomic.AtomicInteger

/** What nothing of the app expects: the process is gone. */
class Killed : Error()

private const val MAX_WAITS = 200

/**
 * Kills at a step: copies the database's files as they lie there, with a transaction half done or a
 * commit not yet copied into the file, and fails every step from then on.
 *
 * Nothing that the app does while it falls apart reaches [left], so that it is what a process killed
 * at that step leaves.
 */
class KillSwitch(private val database: File, val left: File, private val killAt: Int) {
    private val steps = AtomicInteger()
    private val running = AtomicInteger()

    @Volatile
    var killed = false
        private set

    val stepsTaken get() = steps.get()

    fun step() {
        if (killed) throw Killed()
        if (steps.incrementAndGet() != killAt) return
        killed = true
        // A statement of another thread ends first, unless it waits for this one.
        repeat(MAX_WAITS) { if (running.get() > 0) Thread.sleep(1) }
        copy()
        throw Killed()
    }

    /** A step with an action, which a kill comes before or after, and not into. */
    fun <T> step(action: () -> T): T {
        step()
        running.incrementAndGet()
        try {
            return action()
        } finally {
            running.decrementAndGet()
        }
    }

    private fun copy() {
        for (suffix in listOf("", "-wal", "-journal")) {
            val file = File(database.path + suffix)
            if (file.exists()) file.copyTo(File(left.path + suffix))
        }
    }
}
