package org.photointerests

import java.io.File
import javax.xml.parsers.DocumentBuilderFactory
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.w3c.dom.Element

private const val ANDROID = "http://schemas.android.com/apk/res/android"

/** The manifest of the released app, with all that libraries add to it. */
class MergedManifestTest {
    private val manifest = parse(File(checkNotNull(System.getProperty("releaseManifest"))))

    @Test
    fun permissions_mergedManifest_haveNoNetwork() {
        val permissions = elements("uses-permission").map { it.android("name") }
        assertTrue("$permissions", "android.permission.READ_MEDIA_IMAGES" in permissions)
        assertFalse("$permissions", "android.permission.INTERNET" in permissions)
    }

    @Test
    fun components_mergedManifest_exportTheLauncherAlone() {
        val components = listOf("activity", "activity-alias", "service", "receiver", "provider")
            .flatMap(::elements)
            .filter { it.android("exported") == "true" }
            // The system alone holds this permission: it starts WorkManager's jobs.
            .filter { it.android("permission") != "android.permission.BIND_JOB_SERVICE" }
        assertEquals(
            listOf("org.photointerests.MainActivity"),
            components.map { it.android("name") }
        )
    }

    @Test
    fun fileProvider_mergedManifest_lendsTheExportedProfileAlone() {
        val provider = elements("provider")
            .single { it.android("name") == "androidx.core.content.FileProvider" }
        assertEquals("false", provider.android("exported"))
        assertEquals("true", provider.android("grantUriPermissions"))
        assertEquals("org.photointerests.export", provider.android("authorities"))
        val paths = parse(File("src/main/res/xml/export_paths.xml")).documentElement.children()
        val path = paths.single()
        assertEquals("cache-path", path.tagName)
        assertEquals("exports/", path.getAttribute("path"))
    }

    @Test
    fun widget_mergedManifest_isDrawnAgainWhenInterestsChange() {
        val widget = elements("receiver")
            .single { it.android("name") == "org.photointerests.ui.widget.InterestsWidget" }
        val actions = widget.getElementsByTagName("action")
        val names = (0 until actions.length).map { (actions.item(it) as Element).android("name") }
        assertEquals(
            listOf(
                "android.appwidget.action.APPWIDGET_UPDATE",
                PhotoInterests.ACTION_INTERESTS_CHANGED
            ),
            names
        )
    }

    @Test
    fun traffic_mergedManifest_isNeverInTheClear() {
        // Without the permission there is no traffic; nothing asks for an exception either.
        val application = elements("application").single()
        assertFalse(application.android("usesCleartextTraffic") == "true")
        assertEquals("", application.android("networkSecurityConfig"))
        assertEquals("", application.android("debuggable"))
    }

    @Test
    fun links_mergedManifest_listNoOtherApps() {
        val permissions = elements("uses-permission").map { it.android("name") }
        assertFalse("$permissions", "android.permission.QUERY_ALL_PACKAGES" in permissions)
    }

    @Test
    fun backup_everyDomain_isExcluded() {
        val application = elements("application").single()
        assertEquals("false", application.android("allowBackup"))
        assertEquals(
            "@xml/photo_interests_data_extraction_rules",
            application.android("dataExtractionRules")
        )
        val library = File("../library/src/main/res/xml")
        val rules = parse(File(library, "photo_interests_data_extraction_rules.xml"))
        for (way in listOf("cloud-backup", "device-transfer")) {
            val excluded = (rules.getElementsByTagName(way).item(0) as Element).run {
                assertEquals(0, getElementsByTagName("include").length)
                val nodes = getElementsByTagName("exclude")
                (0 until nodes.length).map { (nodes.item(it) as Element).getAttribute("domain") }
            }
            assertEquals(
                setOf("root", "file", "database", "sharedpref", "external"),
                excluded.toSet()
            )
        }
    }

    private fun elements(tag: String): List<Element> =
        manifest.getElementsByTagName(tag).let { nodes ->
            (0 until nodes.length).map { nodes.item(it) as Element }
        }

    private fun Element.children(): List<Element> =
        (0 until childNodes.length).mapNotNull { childNodes.item(it) as? Element }

    private fun Element.android(name: String) = getAttributeNS(ANDROID, name)

    private fun parse(file: File) = DocumentBuilderFactory.newInstance()
        .apply { isNamespaceAware = true }
        .newDocumentBuilder()
        .parse(file)
}
