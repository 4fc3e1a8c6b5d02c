package org.photointerests

import java.io.File
import org.junit.Assert.assertTrue
import org.junit.Test

/** The profiles of the start name what exists: a rule for a renamed class would do nothing. */
class ProfilesTest {
    private val folder = File("src/main/baselineProfiles")

    @Test
    fun startupProfile_everyClass_exists() = rules("startup-prof.txt").forEach { rule ->
        val name = rule.removePrefix("L").removeSuffix(";").replace('/', '.')
        Class.forName(name, false, javaClass.classLoader)
    }

    @Test
    fun baselineProfile_everyPackage_hasSources() = rules("baseline-prof.txt").forEach { rule ->
        val path = rule.substringAfter("L").substringBefore(";").substringBeforeLast("/")
        val sources = listOf("src/main/kotlin", "../library/src/main/kotlin")
        assertTrue(rule, sources.any { File(it, path).isDirectory })
    }

    private fun rules(name: String) = File(folder, name).readLines()
        .filter { it.isNotBlank() && !it.startsWith("#") }
        .also { assertTrue(name, it.isNotEmpty()) }
}
