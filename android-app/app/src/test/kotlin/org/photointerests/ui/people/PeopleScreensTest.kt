package org.photointerests.ui.people

import androidx.compose.foundation.layout.Box
import androidx.compose.runtime.Composable
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.pipeline.analysis.people.Framing
import org.photointerests.pipeline.analysis.people.People
import org.photointerests.support.AppTestRunner
import org.photointerests.support.DrawnPeople
import org.photointerests.support.PHONE
import org.photointerests.support.Samples
import org.photointerests.support.ScreenPictures
import org.photointerests.support.TABLET
import org.photointerests.support.TestApplication
import org.photointerests.ui.TopLevelDestination
import org.photointerests.ui.WithNavigation
import org.photointerests.ui.designsystem.ListDetail
import org.photointerests.ui.designsystem.rememberListDetailState
import org.photointerests.ui.library.LibraryActions
import org.photointerests.ui.library.LibraryPage
import org.photointerests.ui.library.LibraryScreen
import org.photointerests.ui.photo.FoundBox
import org.photointerests.ui.photo.PhotoActions
import org.photointerests.ui.photo.PhotoScreen
import org.photointerests.ui.photo.ViewerState
import org.robolectric.annotation.Config

private const val WHOLE = "w411dp-h1500dp-xhdpi"

private val people = PeopleState(
    on = true,
    listOf(
        DrawnPeople.group(0, "Anna", 351),
        DrawnPeople.group(1, null, 212),
        DrawnPeople.group(2, "Grandma Rosalind", 97),
        DrawnPeople.group(3, null, 31),
        DrawnPeople.group(4, "Ben", 12),
        DrawnPeople.group(5, null, 2)
    ),
    once = List(38) { DrawnPeople.group(6 + it, null, 1) },
    remaining = 1204
)

/** Pictures of groups of the same person, over drawn faces; compared with the committed ones. */
@RunWith(AppTestRunner::class)
@Config(application = TestApplication::class, qualifiers = PHONE)
class PeopleScreensTest : ScreenPictures() {
    @Test
    @Config(qualifiers = WHOLE)
    fun consent() = shoot("people-consent") { ConsentScreen({}, {}) }

    @Test
    @Config(qualifiers = "de-$WHOLE")
    fun consent_agreed_german_dark() = shoot(
        "people-consent-german-dark",
        dark = true,
        content = { ConsentScreen({}, {}) }
    ) { rule.onNodeWithText("Ich habe das gelesen", substring = true).performClick() }

    @Test
    @Config(fontScale = 2f)
    fun consent_largeFont() = shoot(
        "people-consent-large-font",
        content = { ConsentScreen({}, {}) }
    ) { rule.onNodeWithText("Turn on").performScrollTo() }

    @Test fun people() = shoot("people") { Everybody() }

    @Test fun people_dark() = shoot("people-dark", dark = true) { Everybody() }

    @Test
    @Config(fontScale = 2f)
    fun people_largeFont() = shoot("people-large-font") { Everybody() }

    @Test
    @Config(qualifiers = TABLET)
    fun people_besideTheLibrary() = shoot("people-tablet") {
        WithNavigation(TopLevelDestination.LIBRARY, {}) { modifier ->
            Box(modifier) {
                ListDetail(
                    rememberListDetailState(hasPages = true),
                    LibraryPage.People.key,
                    list = {
                        val state = Samples.library.copy(groupsPeople = true)
                        LibraryScreen(state, LibraryActions(), chosen = LibraryPage.People)
                    },
                    page = { PeopleScreen(people, PeopleActions(back = null)) }
                )
            }
        }
    }

    @Test fun people_none() = shoot("people-none") {
        PeopleScreen(PeopleState(on = true, remaining = 3815), PeopleActions())
    }

    @Test fun person() = shoot("person") { PersonScreen(state(0, "Anna"), PersonActions()) }

    @Test
    @Config(fontScale = 2f)
    fun person_unnamed_largeFont() = shoot("person-unnamed-large-font") {
        PersonScreen(state(1, null), PersonActions())
    }

    @Test
    @Config(qualifiers = "es-$PHONE")
    fun person_naming_spanish() = shoot("person-naming-spanish") {
        PersonScreen(state(1, null), PersonActions(), naming = true)
    }

    @Test fun person_selecting_dark() = shoot("person-selecting-dark", dark = true) {
        val state = state(0, "Anna")
        PersonScreen(state.copy(selected = state.photos.take(2).toSet()), PersonActions())
    }

    @Test
    @Config(qualifiers = "fr-$PHONE")
    fun samePerson_french() = shoot("same-person-french") {
        SamePersonScreen(state(1, null).copy(others = people.people), {}, {})
    }

    /** Who has no name is not on it. */
    @Test fun photo() = shoot(
        "photo-people",
        content = {
            val key = DrawnPeople.key(0)
            val state = Samples.photo().copy(
                key = key,
                people = People(1, Framing.PORTRAIT),
                persons = mapOf(0L to "Anna"),
                boxes = listOf(FoundBox(DrawnPeople.box(), person = "Anna"))
            )
            PhotoScreen(ViewerState(listOf(key), state), key, PhotoActions())
        }
    ) { rule.onNodeWithText("Show frames").performClick() }

    @Composable
    private fun Everybody() = PeopleScreen(people, PeopleActions())

    private fun state(person: Int, name: String?) =
        PersonState(DrawnPeople.group(person, name, 351), DrawnPeople.faces(person, 40))
}
