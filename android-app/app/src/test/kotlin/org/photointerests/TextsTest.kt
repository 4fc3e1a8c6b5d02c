package org.photointerests

import android.icu.text.PluralRules
import java.io.File
import java.util.Locale
import javax.xml.parsers.DocumentBuilderFactory
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.pipeline.analysis.scenes.Setting
import org.photointerests.support.AppTestRunner
import org.photointerests.support.TestBundle
import org.photointerests.support.TestScenes
import org.photointerests.ui.designsystem.name
import org.photointerests.ui.settings.appLanguages
import org.robolectric.annotation.Config
import org.w3c.dom.Element

private val modules = listOf(File("src/main"), File("../library/src/main"))
private val argument = Regex("%(?:\\d+\\$)?[,.\\d]*[a-zA-Z]")

/** The texts of all languages: none is missing, unused, or of another form than the others. */
@RunWith(AppTestRunner::class)
@Config(application = android.app.Application::class)
class TextsTest {
    @Test
    fun everyLanguage_hasEveryText() = forEachLanguage { module, language, texts ->
        val english = texts(File(module, "res/values/strings.xml")).keys
        assertEquals("$module $language", english, texts.keys)
    }

    @Test
    fun everyText_hasTheSameArguments() = forEachLanguage { module, language, texts ->
        val english = texts(File(module, "res/values/strings.xml"))
        for ((name, forms) in texts) {
            val expected = english.getValue(name).values.map(::arguments).distinct().single()
            for (text in forms.values) assertEquals("$language $name", expected, arguments(text))
        }
    }

    /** Android falls back to "other" where a form is missing, which is wrong in the language. */
    @Test
    fun everyPlural_hasTheFormsOfItsLanguage() = forEachLanguage { _, language, texts ->
        val expected = PluralRules.forLocale(Locale.forLanguageTag(language)).keywords
        for ((name, forms) in texts.filterValues { "" !in it }) {
            assertEquals("$language $name", expected, forms.keys)
        }
    }

    @Test
    fun everyText_isUsed() {
        val sources = (modules + File("../library/src/main"))
            .flatMap { it.walk().toList() }
            .filter { it.extension in setOf("kt", "xml") && it.name != "strings.xml" }
            .joinToString("\n") { it.readText() }
        val used = Regex("""(?:R\.(?:string|plurals)\.|@string/)(\w+)""").findAll(sources)
            .map { it.groupValues[1] }.toSet()
        for (module in modules) {
            val names = texts(File(module, "res/values/strings.xml")).keys
            assertEquals(emptySet<String>(), names - used)
        }
    }

    /** What the settings offer, what Android's own settings offer, and the texts that there are. */
    @Test
    fun languages_areTheSameEverywhere() {
        val offered = parse(File("src/main/res/xml/locales.xml")).getElementsByTagName("locale")
        val tags = (0 until offered.length).map {
            (offered.item(it) as Element).getAttribute("android:name")
        }
        assertEquals(appLanguages, tags)
        for (module in modules) assertEquals(tags.toSet(), languages(module).keys + "en")
    }

    /** Names come with the bundle, or from the table of names beside it. */
    @Test
    fun everythingThatHasAName_hasOneInEveryLanguage() {
        val card = TestBundle.bundle.card
        val scenes = TestScenes.files.card
        val named = card.interests + card.kinds + scenes.labels + scenes.groups + Setting.entries
        for (names in named.map { it.names } + card.areas.map { it.names }) {
            assertTrue("$names", names.keys.containsAll(appLanguages))
        }
    }

    private fun forEachLanguage(
        check: (module: File, language: String, texts: Map<String, Map<String, String>>) -> Unit
    ) = modules.forEach { module ->
        val languages = languages(module)
        assertTrue("$languages", languages.size >= 2)
        for ((language, file) in languages) check(module, language, texts(file))
    }

    private fun languages(module: File): Map<String, File> =
        checkNotNull(File(module, "res").listFiles())
            .filter { it.name == "values" || it.name.startsWith("values-") }
            .map { it.name.removePrefix("values").removePrefix("-").ifEmpty { "en" } to it }
            .map { (language, folder) -> language to File(folder, "strings.xml") }
            .filter { (_, file) -> file.exists() }.toMap()

    /** By name: each form of a text by its quantity, which is empty for a plain one. */
    private fun texts(file: File): Map<String, Map<String, String>> {
        val root = parse(file).documentElement
        return (0 until root.childNodes.length).mapNotNull { root.childNodes.item(it) as? Element }
            .associate { element -> element.getAttribute("name") to forms(element) }
    }

    private fun forms(element: Element): Map<String, String> {
        if (element.tagName == "string") return mapOf("" to element.textContent)
        val items = element.getElementsByTagName("item")
        return (0 until items.length).map { items.item(it) as Element }
            .associate { it.getAttribute("quantity") to it.textContent }
    }

    private fun arguments(text: String) = argument.findAll(text).map { it.value }.toSortedSet()

    private fun parse(file: File) =
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file)
}
