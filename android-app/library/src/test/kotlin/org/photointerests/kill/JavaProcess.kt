package org.photointerests.kill

import java.io.File
import org.junit.runner.JUnitCore

/**
 * The command of a process of its own that runs the tests of [main] as this one would, with
 * [properties] of the system.
 */
fun javaCommand(main: Class<*>, properties: Map<String, String>): List<String> {
    val java = File(System.getProperty("java.home"), "bin/java").path
    val options = javaOptions().filter { it.startsWith("-D") || it.startsWith("--add-") }
    val own = listOf("-Xmx1g") + properties.map { (name, value) -> "-D$name=$value" }
    val classPath = listOf("-cp", System.getProperty("java.class.path"))
    return listOf(java) + options + own + classPath + listOf(JUnitCore::class.java.name, main.name)
}

/** Options of this process: by reflection, for Android's own Java knows no such class. */
private fun javaOptions(): List<String> {
    val factory = Class.forName("java.lang.management.ManagementFactory")
    val bean = factory.getMethod("getRuntimeMXBean").invoke(null)
    val options = Class.forName("java.lang.management.RuntimeMXBean")
        .getMethod("getInputArguments").invoke(bean)
    return (options as List<*>).filterIsInstance<String>()
}
