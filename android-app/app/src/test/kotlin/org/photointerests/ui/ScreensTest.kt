package org.photointerests.ui

import android.widget.FrameLayout
import androidx.activity.compose.setContent
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasScrollToKeyAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.onFirst
import androidx.compose.ui.test.onLast
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollToKey
import androidx.compose.ui.unit.dp
import androidx.compose.ui.viewinterop.AndroidView
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.R
import org.photointerests.core.AppError.GALLERY_UNAVAILABLE
import org.photointerests.core.AppError.MODEL_DAMAGED
import org.photointerests.core.AppError.STORAGE_DAMAGED
import org.photointerests.core.AppError.STORAGE_FULL
import org.photointerests.core.PhotoKey
import org.photointerests.insights.interests.PhotoOrder
import org.photointerests.insights.interests.Profile
import org.photointerests.pipeline.media.PhotoAccess
import org.photointerests.pipeline.runtime.ThermalState
import org.photointerests.pipeline.scan.ScanFailure
import org.photointerests.pipeline.scan.ScanState
import org.photointerests.pipeline.scan.WaitReason
import org.photointerests.recommendations.CatalogueProblem
import org.photointerests.support.AppTestRunner
import org.photointerests.support.LANDSCAPE
import org.photointerests.support.PHONE
import org.photointerests.support.Samples
import org.photointerests.support.ScreenPictures
import org.photointerests.support.TABLET
import org.photointerests.support.TestApplication
import org.photointerests.support.TestScenes
import org.photointerests.support.drawnPhoto
import org.photointerests.ui.albums.AlbumsScreen
import org.photointerests.ui.albums.AlbumsState
import org.photointerests.ui.designsystem.PhotoInterestsTheme
import org.photointerests.ui.designsystem.name
import org.photointerests.ui.error.ErrorScreen
import org.photointerests.ui.interest.InterestActions
import org.photointerests.ui.interest.InterestScreen
import org.photointerests.ui.interest.InterestState
import org.photointerests.ui.interests.InterestsActions
import org.photointerests.ui.interests.InterestsScreen
import org.photointerests.ui.interests.InterestsSlots
import org.photointerests.ui.interests.InterestsState
import org.photointerests.ui.interests.ScanLine
import org.photointerests.ui.interests.ofMonth
import org.photointerests.ui.library.LibraryActions
import org.photointerests.ui.library.LibraryScreen
import org.photointerests.ui.library.LibraryState
import org.photointerests.ui.licences.LicencesScreen
import org.photointerests.ui.licences.libraries
import org.photointerests.ui.lock.LockScreen
import org.photointerests.ui.month.MonthContent
import org.photointerests.ui.month.MonthScreen
import org.photointerests.ui.privacy.PrivacyScreen
import org.photointerests.ui.scan.ScanActions
import org.photointerests.ui.scan.ScanScreen
import org.photointerests.ui.settings.AdvancedActions
import org.photointerests.ui.settings.AdvancedScreen
import org.photointerests.ui.settings.HelpScreen
import org.photointerests.ui.settings.SettingsActions
import org.photointerests.ui.settings.SettingsScreen
import org.photointerests.ui.setup.SetUpActions
import org.photointerests.ui.setup.SetUpScreen
import org.photointerests.ui.setup.SetUpState
import org.photointerests.ui.sharecard.ShareCard
import org.photointerests.ui.sharecard.ShareCardActions
import org.photointerests.ui.sharecard.ShareCardScreen
import org.photointerests.ui.sharecard.ShareCardState
import org.photointerests.ui.suggestions.SuggestionsActions
import org.photointerests.ui.suggestions.SuggestionsScreen
import org.photointerests.ui.suggestions.SuggestionsState
import org.photointerests.ui.suggestions.SuggestionsTeaser
import org.photointerests.ui.timeline.TimelineScreen
import org.photointerests.ui.widget.WidgetContent
import org.photointerests.ui.widget.WidgetInterest
import org.photointerests.ui.widget.views
import org.robolectric.annotation.Config

private const val MANY = 1200

// All of a page that scrolls on a phone.
private const val LIST = "w411dp-h1200dp-xhdpi"
private const val WIDGET = "w320dp-h180dp-xhdpi"
private const val LONG = "w411dp-h2400dp-xhdpi"
private const val LONGER = "w411dp-h3800dp-xhdpi"

/** Every screen, over drawn photos, is as its committed picture; -Pscreens=FOLDER draws new ones. */
@RunWith(AppTestRunner::class)
@Config(application = TestApplication::class, qualifiers = PHONE)
class ScreensTest : ScreenPictures() {
    @Test fun interests() = shoot("interests") { Interests(Samples.shown()) }

    @Test fun interests_dark() = shoot("interests-dark", dark = true) { Interests(Samples.shown()) }

    @Test
    @Config(qualifiers = "de-$PHONE")
    fun interests_german() = shoot("interests-german") { Interests(Samples.shown()) }

    @Test
    @Config(qualifiers = "fr-$PHONE")
    fun interests_french() = shoot("interests-french") { Interests(Samples.shown()) }

    @Test
    @Config(qualifiers = "fr-$LONG")
    fun settings_french() = shoot("settings-french") { Settings() }

    @Test
    @Config(qualifiers = "es-$PHONE")
    fun interests_spanish() = shoot("interests-spanish") { Interests(Samples.shown()) }

    @Test
    @Config(qualifiers = "es-$LONG")
    fun settings_spanish() = shoot("settings-spanish") { Settings() }

    @Test
    @Config(qualifiers = "tr-$PHONE")
    fun interests_turkish() = shoot("interests-turkish") { Interests(Samples.shown()) }

    @Test
    @Config(qualifiers = "tr-$LONG")
    fun settings_turkish() = shoot("settings-turkish") { Settings() }

    @Test
    @Config(fontScale = 2f)
    fun interests_largeFont() = shoot("interests-large-font") { Interests(Samples.shown()) }

    @Test
    @Config(qualifiers = "ar-ldrtl-$PHONE")
    fun interests_rightToLeft() = shoot("interests-right-to-left") { Interests(Samples.shown()) }

    /** Once a catalogue was imported. */
    @Test
    @Config(qualifiers = LONG)
    fun interests_withProducts() = shoot("interests-products") { WithProducts() }

    @Test
    @Config(qualifiers = "de-$LONGER", fontScale = 2f)
    fun interests_withProducts_german_largeFont() =
        shoot("interests-products-german-large-font", dark = true) { WithProducts() }

    @Composable
    private fun WithProducts() = AtTopLevel(TopLevelDestination.INTERESTS) {
        val slots = InterestsSlots(suggestions = { SuggestionsTeaser(Samples.products()) {} }) {
            ScanLine(ScanState.Idle, it) {}
        }
        InterestsScreen(Samples.shown(), InterestsActions(), slots = slots)
    }

    @Test fun interests_partialAccess() = shoot("interests-partial") {
        Interests(Samples.shown().copy(access = PhotoAccess.PARTIAL, photos = 23))
    }

    @Test fun interests_whileScanning() = shoot("interests-scanning") {
        Interests(Samples.shown(), scan = ScanState.Running(Samples.progress))
    }

    @Test fun interests_nothingFound() = shoot("interests-none") {
        Interests(Samples.shown().copy(interests = emptyList(), thisMonth = emptyList()))
    }

    @Test fun interests_unread() = shoot("interests-unread") { Interests(InterestsState.Unread) }

    @Test fun interests_firstScan() = shoot("interests-first-scan") {
        Interests(InterestsState.Unread, scan = ScanState.Running(Samples.progress))
    }

    @Test fun setUp_albums() = shoot("setup-albums") { SetUp() }

    @Test fun setUp_albums_dark() = shoot("setup-albums-dark", dark = true) { SetUp() }

    @Test
    @Config(qualifiers = "de-$PHONE", fontScale = 2f)
    fun setUp_albums_german_largeFont() = shoot("setup-albums-german-large-font") { SetUp() }

    @Test
    @Config(qualifiers = TABLET)
    fun setUp_albums_tablet() = shoot("setup-albums-tablet") { SetUp() }

    @Test fun setUp_when() = shoot("setup-when", content = { SetUp() }) {
        rule.onNodeWithText("Next").performClick()
    }

    @Test
    @Config(fontScale = 2f)
    fun setUp_when_largeFont() = shoot("setup-when-large-font", content = { SetUp() }) {
        rule.onNodeWithText("Next").performClick()
    }

    @Composable
    private fun SetUp() = SetUpScreen(SetUpState(Samples.albums), SetUpActions())

    @Test
    @Config(qualifiers = LONG)
    fun interests_hundred() = shoot("interests-hundred") { Interests(Samples.manyInterests(100)) }

    @Test fun welcome() = shoot("welcome") { Interests(InterestsState.NoAccess) }

    @Test fun welcome_refused() =
        shoot("welcome-refused") { Interests(InterestsState.NoAccess, asked = true) }

    @Test fun welcome_dark() = shoot(
        "welcome-dark",
        dark = true
    ) { Interests(InterestsState.NoAccess) }

    @Test
    @Config(fontScale = 2f)
    fun welcome_largeFont() =
        shoot("welcome-large-font") { Interests(InterestsState.NoAccess, asked = true) }

    @Test fun interests_accessTaken() = shoot("interests-access-taken") {
        Interests(Samples.shown().copy(access = PhotoAccess.DENIED))
    }

    /** As many as a bundle with a vocabulary of the web knows: only what is seen is composed. */
    @Test fun interests_veryMany_unfoldAndScrollToTheLast() {
        val state = Samples.manyInterests(MANY)
        rule.setContent { PhotoInterestsTheme { Interests(state) } }
        photos.waitUntilLoaded(rule)
        val tile = hasClickAction() and hasText("photos", substring = true)
        assertTrue(rule.onAllNodes(tile).fetchSemanticsNodes().size < MANY / 20)
        val last = state.more.last()
        val grid = rule.onAllNodes(hasScrollToKeyAction()).onFirst()
        grid.performScrollToKey("area ${last.area.id}")
        rule.onNodeWithText(last.area.names.getValue("en")).performClick()
        val interest = last.interests.last()
        grid.performScrollToKey(interest.category.id)
        rule.onAllNodes(hasText(interest.category.names.getValue("en")) and hasClickAction())
            .onLast().assertIsDisplayed()
    }

    @Test fun interest() = shoot("interest") { Interest(hidden = false) }

    @Test fun interest_inTexts() = shoot("interest-in-texts") {
        val state = InterestState(Samples.detail(), months = Samples.monthly())
        InterestScreen(state.copy(mentions = Samples.mentions()), InterestActions())
    }

    @Test fun interest_dark() = shoot("interest-dark", dark = true) { Interest(hidden = false) }

    @Test fun interest_wanted() = shoot("interest-pinned") { Interest(pinned = true) }

    @Test
    @Config(qualifiers = TABLET)
    fun interest_tablet() = shoot("interest-tablet") { Interest(hidden = false) }

    @Test fun interest_unknown() =
        shoot("interest-unknown") { InterestScreen(InterestState(null), InterestActions()) }

    @Test fun interest_hidden() = shoot("interest-hidden") { Interest(hidden = true) }

    @Test
    @Config(fontScale = 2f)
    fun interest_largeFont() = shoot("interest-large-font") { Interest(hidden = false) }

    @Test fun interest_selecting() = shoot("interest-selecting") { Selecting() }

    @Test fun interest_selecting_dark() = shoot(
        "interest-selecting-dark",
        dark = true
    ) { Selecting() }

    @Test
    @Config(qualifiers = "ar-ldrtl-$PHONE")
    fun interest_rightToLeft() = shoot("interest-right-to-left") { Interest() }

    @Test fun interest_ofAMonth() = shoot("interest-of-a-month") {
        InterestScreen(
            InterestState(Samples.ofMonth(), Samples.november, PhotoOrder.DATE),
            InterestActions()
        )
    }

    @Test fun interest_why() = shoot("interest-why") { Why() }

    @Test fun interest_why_dark() = shoot("interest-why-dark", dark = true) { Why() }

    @Test
    @Config(qualifiers = "de-$PHONE")
    fun interest_why_german() = shoot("interest-why-german") { Why() }

    @Test
    @Config(fontScale = 2f)
    fun interest_why_largeFont() = shoot("interest-why-large-font") { Why() }

    @Test
    @Config(qualifiers = "de-$PHONE")
    fun interest_german() = shoot("interest-german") { Interest() }

    @Test fun interest_noPhotoShowsItClearly() = shoot("interest-unclear") {
        InterestScreen(InterestState(Samples.unclear()), InterestActions())
    }

    /** Photos are listed page by page: the last one that is there asks for the next. */
    @Test fun interest_scrolledToTheLastPhoto_asksForMore() {
        var asked = 0
        val actions = InterestActions(showMore = { asked++ })
        rule.setContent {
            PhotoInterestsTheme { InterestScreen(InterestState(Samples.detail()), actions) }
        }
        photos.waitUntilLoaded(rule)
        assertEquals(0, asked)
        val last = Samples.detail().photos.last()
        rule.onAllNodes(hasScrollToKeyAction()).onFirst().performScrollToKey("$last")
        rule.waitForIdle()
        assertEquals(1, asked)
        rule.onNode(hasContentDescription("Photo 60 of 351")).assertIsDisplayed()
    }

    @Test fun interest_loading() = shoot("interest-loading") {
        InterestScreen(null, InterestActions())
    }

    @Test fun scan_quota() = shoot("scan-quota") { Scan(ScanState.Waiting(WaitReason.QUOTA)) }

    @Test fun error_gallery() = shoot("error-gallery") { ErrorScreen(GALLERY_UNAVAILABLE) {} }

    @Test fun timeline_empty() = shoot("timeline-empty") {
        AtTopLevel(TopLevelDestination.TIMELINE) { TimelineScreen(emptyList(), emptyList(), {}) {} }
    }

    @Test fun timeline() = shoot("timeline") { Timeline() }

    @Test fun timeline_dark() = shoot("timeline-dark", dark = true) { Timeline() }

    @Test
    @Config(qualifiers = "de-$PHONE")
    fun timeline_german() = shoot("timeline-german") { Timeline() }

    @Test
    @Config(fontScale = 2f)
    fun timeline_largeFont() = shoot("timeline-large-font") { Timeline() }

    @Test
    @Config(qualifiers = LIST)
    fun suggestions() = shoot("suggestions") { Suggestions(Samples.suggestions()) }

    @Test
    @Config(qualifiers = LIST)
    fun suggestions_dark() =
        shoot("suggestions-dark", dark = true) { Suggestions(Samples.suggestions()) }

    @Test
    @Config(fontScale = 2f, qualifiers = LONG)
    fun suggestions_largeFont() =
        shoot("suggestions-large-font") { Suggestions(Samples.suggestions()) }

    @Test
    @Config(qualifiers = "de-$LIST")
    fun suggestions_german() = shoot("suggestions-german") { Suggestions(Samples.suggestions()) }

    @Test
    @Config(qualifiers = TABLET)
    fun suggestions_tablet() = shoot("suggestions-tablet") { Suggestions(Samples.suggestions()) }

    @Test fun suggestions_none() =
        shoot("suggestions-none") { Suggestions(SuggestionsState.NoCatalogue()) }

    @Test fun suggestions_none_dark() =
        shoot("suggestions-none-dark", dark = true) { Suggestions(SuggestionsState.NoCatalogue()) }

    @Test
    @Config(fontScale = 2f)
    fun suggestions_refused_largeFont() = shoot("suggestions-refused-large-font") {
        Suggestions(SuggestionsState.NoCatalogue(CatalogueProblem.OTHER_BUNDLE))
    }

    @Test fun suggestions_refused() = shoot("suggestions-refused") {
        Suggestions(SuggestionsState.NoCatalogue(CatalogueProblem.DAMAGED))
    }

    @Test fun suggestions_unread() =
        shoot("suggestions-unread") { Suggestions(SuggestionsState.Unread(items = 1250)) }

    @Test
    @Config(qualifiers = TABLET)
    fun scan_running_tablet() =
        shoot("scan-running-tablet") { Scan(ScanState.Running(Samples.progress)) }

    @Test
    @Config(qualifiers = "ar-ldrtl-$PHONE")
    fun scan_running_rightToLeft() =
        shoot("scan-running-right-to-left") { Scan(ScanState.Running(Samples.progress)) }

    @Test
    @Config(qualifiers = LANDSCAPE)
    fun welcome_landscape() = shoot("welcome-landscape") { Interests(InterestsState.NoAccess) }

    @Test fun scan_running() = shoot("scan-running") { Scan(ScanState.Running(Samples.progress)) }

    @Test fun scan_running_dark() =
        shoot("scan-running-dark", dark = true) { Scan(ScanState.Running(Samples.progress)) }

    @Test
    @Config(fontScale = 2f)
    fun scan_running_largeFont() =
        shoot("scan-running-large-font") { Scan(ScanState.Running(Samples.progress)) }

    @Test fun scan_analyzing() = shoot("scan-analyzing") {
        Scan(ScanState.Running(Samples.progress.copy(isAnalyzing = true)))
    }

    @Test fun scan_idle() = shoot("scan-idle") { Scan(ScanState.Idle) }

    @Test fun scan_waiting() = shoot("scan-waiting") { Scan(ScanState.Waiting(WaitReason.SOON)) }

    @Test fun scan_paused() = shoot("scan-paused") { Scan(ScanState.Paused) }

    @Test fun scan_waitingForCharger() =
        shoot("scan-waiting-for-charger") { Scan(ScanState.Waiting(WaitReason.CHARGER)) }

    @Test fun scan_deferred() = shoot("scan-deferred") {
        Scan(ScanState.Waiting(WaitReason.DEFERRED))
    }

    @Test fun scan_warm() = shoot("scan-warm") {
        Scan(ScanState.Running(Samples.progress.copy(thermalState = ThermalState.MODERATE)))
    }

    @Test fun scan_hot_dark() = shoot("scan-hot-dark", dark = true) {
        Scan(ScanState.Running(Samples.progress.copy(thermalState = ThermalState.SEVERE)))
    }

    @Test
    @Config(fontScale = 2f)
    fun scan_hot_largeFont() = shoot("scan-hot-large-font") {
        Scan(ScanState.Running(Samples.progress.copy(thermalState = ThermalState.SEVERE)))
    }

    @Test fun scan_failed() = shoot("scan-failed") { Scan(ScanState.Failed(ScanFailure.NO_ACCESS)) }

    @Test fun error_storageFull() = shoot("error-storage-full") { ErrorScreen(STORAGE_FULL) {} }

    @Test fun error_storageFull_dark() =
        shoot("error-storage-full-dark", dark = true) { ErrorScreen(STORAGE_FULL) {} }

    @Test
    @Config(fontScale = 2f)
    fun error_storageDamaged_largeFont() =
        shoot("error-storage-damaged-large-font") { ErrorScreen(STORAGE_DAMAGED) {} }

    @Test fun error_modelDamaged() = shoot("error-model-damaged") { ErrorScreen(MODEL_DAMAGED) {} }

    @Test
    @Config(qualifiers = "w900dp-h2200dp-hdpi")
    fun settings_tablet() = shoot("settings-tablet") { Settings() }

    @Test
    @Config(qualifiers = LONG)
    fun settings() = shoot("settings") { Settings() }

    @Test
    @Config(qualifiers = "de-$LONG")
    fun settings_german() = shoot("settings-german") { Settings() }

    @Test
    @Config(qualifiers = LONG)
    fun settings_dark() = shoot("settings-dark", dark = true) { Settings() }

    @Test
    @Config(fontScale = 2f, qualifiers = LONGER)
    fun settings_largeFont() = shoot("settings-large-font") { Settings() }

    @Test
    @Config(qualifiers = "ar-ldrtl-$LONG")
    fun settings_rightToLeft() = shoot("settings-right-to-left") { Settings() }

    @Test
    @Config(qualifiers = LONG)
    fun settings_withoutScreenLock() = shoot("settings-without-screen-lock") {
        SettingsScreen(Samples.settings(), "", "1.0.0", SettingsActions(), hasScreenLock = false)
    }

    @Test
    @Config(qualifiers = LIST)
    fun shareCard() = shoot("share-card") { Card() }

    @Test
    @Config(qualifiers = LIST)
    fun shareCard_photo_dark() =
        shoot("share-card-photo-dark", dark = true) { Card(Samples.detail().photos.first(), 8) }

    @Test
    @Config(qualifiers = "de-$LONG", fontScale = 2f)
    fun shareCard_german_largeFont() = shoot("share-card-german-large-font") { Card() }

    @Test
    @Config(qualifiers = "ar-ldrtl-$LIST")
    fun shareCard_rightToLeft() = shoot("share-card-right-to-left") { Card() }

    @Composable
    private fun Card(photo: PhotoKey? = null, chosen: Int = 5) {
        val offered = Samples.shown().interests
        val ids = offered.take(chosen).map { it.category.id }.toSet()
        val state = ShareCardState(offered, ids, photo)
        val names = state.shown.map { it.category.name() }
        val card = ShareCard(
            stringResource(R.string.card_heading),
            names,
            stringResource(R.string.card_footer, stringResource(R.string.app_name)),
            photo?.let { drawnPhoto(it.id.toInt()) }
        )
        ShareCardScreen(state, remember(photo) { card.draw() }, ShareCardActions())
    }

    @Test
    @Config(qualifiers = WIDGET)
    fun widget() = shoot("widget") { Widget() }

    @Test
    @Config(qualifiers = "de-w320dp-h180dp-night-xhdpi")
    fun widget_german_dark() = shoot("widget-german-dark", dark = true) { Widget() }

    @Test
    @Config(qualifiers = WIDGET)
    fun widget_locked() = shoot("widget-locked") { HomeScreen(WidgetContent.Locked) }

    @Composable
    private fun Widget() = HomeScreen(
        WidgetContent.Interests(
            Samples.shown().interests.take(3).map {
                WidgetInterest(it.category, drawnPhoto(it.photos.first().id.toInt()))
            }
        )
    )

    @Composable
    private fun HomeScreen(content: WidgetContent) = AndroidView(
        { context ->
            FrameLayout(context).also { it.addView(content.views(context).apply(context, it)) }
        },
        Modifier.fillMaxSize().padding(8.dp)
    )

    @Test fun locked() = shoot("locked") { LockScreen {} }

    @Test
    @Config(qualifiers = "de-$PHONE", fontScale = 2f)
    fun locked_german_largeFont() = shoot("locked-german-large-font", dark = true) { LockScreen {} }

    @Test
    @Config(qualifiers = LIST)
    fun advanced() = shoot("advanced") { Advanced() }

    @Test
    @Config(qualifiers = LIST)
    fun advanced_dark() = shoot("advanced-dark", dark = true) { Advanced() }

    @Test
    @Config(fontScale = 2f, qualifiers = LONG)
    fun advanced_largeFont() = shoot("advanced-large-font") { Advanced() }

    @Test
    @Config(qualifiers = "de-$LIST")
    fun advanced_german() = shoot("advanced-german") { Advanced() }

    @Test fun help() = shoot("help") { HelpScreen {} }

    @Test
    @Config(fontScale = 2f)
    fun help_largeFont() = shoot("help-large-font") { HelpScreen {} }

    @Test fun albums() = shoot("albums") { Albums() }

    @Test fun albums_dark() = shoot("albums-dark", dark = true) { Albums() }

    @Test
    @Config(fontScale = 2f)
    fun albums_largeFont() = shoot("albums-large-font") { Albums() }

    @Test fun albums_unknown() {
        shoot("albums-unknown") { AlbumsScreen(Samples.albumsUnknown, { _, _ -> }, {}) }
        // Nobody knows how many photos they hold just now.
        rule.onNodeWithText("0 photos", substring = true).assertDoesNotExist()
    }

    @Test fun licences() = shoot("licences") { Licences() }

    @Test fun licences_dark() = shoot("licences-dark", dark = true) { Licences() }

    @Test
    @Config(fontScale = 2f)
    fun licences_largeFont() = shoot("licences-large-font") { Licences() }

    @Test fun privacy() = shoot("privacy") { PrivacyScreen(Samples.privacy, {}) }

    @Test
    @Config(fontScale = 2f)
    fun privacy_largeFont() = shoot("privacy-large-font") { PrivacyScreen(Samples.privacy, {}) }

    @Test fun privacy_dark() = shoot(
        "privacy-dark",
        dark = true
    ) { PrivacyScreen(Samples.privacy, {}) }

    @Test fun library() = shoot("library") { Library() }

    @Test fun library_dark() = shoot("library-dark", dark = true) { Library() }

    @Test
    @Config(qualifiers = "de-$PHONE")
    fun library_german() = shoot("library-german") { Library() }

    @Test
    @Config(fontScale = 2f)
    fun library_largeFont() = shoot("library-large-font") { Library() }

    @Test
    @Config(qualifiers = "ar-ldrtl-$PHONE")
    fun library_rightToLeft() = shoot("library-right-to-left") { Library() }

    @Test fun library_empty() = shoot("library-empty") {
        AtTopLevel(TopLevelDestination.LIBRARY) {
            val none = LibraryState(AlbumsState(emptyList()), emptyList(), emptyList())
            LibraryScreen(none, LibraryActions())
        }
    }

    @Test fun month() = shoot("month") { Month(Samples.month()) }

    @Test fun month_dark() = shoot("month-dark", dark = true) { Month(Samples.month()) }

    @Test
    @Config(fontScale = 2f)
    fun month_largeFont() = shoot("month-large-font") { Month(Samples.month()) }

    @Test fun month_nothing() = shoot("month-nothing") {
        Month(Samples.month().copy(profile = Profile(61, emptyList())))
    }

    @Composable
    private fun Month(state: MonthContent) = MonthScreen(state.month, state, {}) {}

    @Composable
    private fun Library() = AtTopLevel(TopLevelDestination.LIBRARY) {
        LibraryScreen(Samples.library, LibraryActions(), hasPlaces = true)
    }

    @Composable
    private fun Interests(
        state: InterestsState,
        asked: Boolean = false,
        scan: ScanState = ScanState.Idle
    ) = AtTopLevel(TopLevelDestination.INTERESTS) {
        val slots = InterestsSlots { photos -> ScanLine(scan, photos) {} }
        InterestsScreen(state, InterestsActions(), asked, scan != ScanState.Idle, slots = slots)
    }

    @Composable
    private fun Interest(hidden: Boolean = false, pinned: Boolean = false) = InterestScreen(
        InterestState(
            Samples.detail(),
            months = Samples.monthly(),
            hidden = hidden,
            pinned = pinned
        ),
        InterestActions()
    )

    @Composable
    private fun Selecting() = InterestScreen(
        InterestState(
            Samples.detail(),
            months = Samples.monthly(),
            selected = Samples.detail().photos.take(3).toSet()
        ),
        InterestActions()
    )

    @Composable
    private fun Why() = InterestScreen(
        InterestState(
            Samples.detail(),
            months = Samples.monthly(),
            contributions = Samples.contributions()
        ),
        InterestActions()
    )

    @Composable
    private fun Albums() = AlbumsScreen(Samples.albums, { _, _ -> }, {})

    /** What the build of the app listed. */
    @Composable
    private fun Licences() = LicencesScreen(
        LocalContext.current.assets.libraries(),
        TestScenes.files.card.sources,
        {}
    )

    @Composable
    private fun Timeline() = AtTopLevel(TopLevelDestination.TIMELINE) {
        TimelineScreen(Samples.timeline(), Samples.trips(), {}) {}
    }

    @Composable
    private fun Suggestions(state: SuggestionsState) =
        SuggestionsScreen(state, SuggestionsActions())

    @Composable
    private fun Scan(state: ScanState) = ScanScreen(Samples.status(state), ScanActions())

    @Composable
    private fun Settings() = SettingsScreen(Samples.settings(), "", "1.0.0", SettingsActions())

    @Composable
    private fun Advanced() = AdvancedScreen(Samples.advanced(), AdvancedActions())

    @Composable
    private fun AtTopLevel(place: TopLevelDestination, content: @Composable () -> Unit) =
        WithNavigation(place, {}) { modifier ->
            Box(modifier) { content() }
        }
}
