package org.photointerests

import android.content.Context
import android.content.Intent
import android.os.Build
import android.os.Process
import androidx.datastore.core.handlers.ReplaceFileCorruptionHandler
import androidx.datastore.preferences.core.PreferenceDataStoreFactory
import androidx.datastore.preferences.core.emptyPreferences
import androidx.datastore.preferences.preferencesDataStoreFile
import androidx.work.WorkManager
import java.io.File
import java.io.FileNotFoundException
import java.io.InputStream
import java.time.YearMonth
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext
import org.photointerests.core.AnalyzerFiles
import org.photointerests.core.AppError
import org.photointerests.core.AssetBundleFiles
import org.photointerests.core.Bundle
import org.photointerests.core.ErrorState
import org.photointerests.core.FeatureInput
import org.photointerests.core.Settings
import org.photointerests.core.Source
import org.photointerests.core.StoredBytes
import org.photointerests.core.writtenBytes
import org.photointerests.feedback.ExcludedAlbum
import org.photointerests.insights.interests.InterestModel
import org.photointerests.insights.interests.InterestRepository
import org.photointerests.insights.interests.InterestWords
import org.photointerests.insights.interests.PhotoKinds
import org.photointerests.insights.interests.ProfileExport
import org.photointerests.insights.interests.ProfileImport
import org.photointerests.insights.similar.SimilarPhotos
import org.photointerests.packs.KnownPack
import org.photointerests.packs.KnownPacks
import org.photointerests.packs.PackException
import org.photointerests.packs.PackStore
import org.photointerests.people.FaceIndex
import org.photointerests.people.PeopleGroups
import org.photointerests.pipeline.analysis.detections.DetectionAnalyzer
import org.photointerests.pipeline.analysis.detections.PhotoDetections
import org.photointerests.pipeline.analysis.detections.PhotoSquares
import org.photointerests.pipeline.analysis.features.FeaturePipeline
import org.photointerests.pipeline.analysis.features.FeaturesAnalyzer
import org.photointerests.pipeline.analysis.features.ModelFeaturePipeline
import org.photointerests.pipeline.analysis.identity.IdentityAnalyzer
import org.photointerests.pipeline.analysis.people.PhotoPeople
import org.photointerests.pipeline.analysis.places.PhotoPlaces
import org.photointerests.pipeline.analysis.places.PlaceAnalyzer
import org.photointerests.pipeline.analysis.scenes.PhotoScenes
import org.photointerests.pipeline.analysis.scenes.SceneAnalyzer
import org.photointerests.pipeline.analysis.species.SpeciesAnalyzer
import org.photointerests.pipeline.analysis.species.SpeciesPacks
import org.photointerests.pipeline.analysis.text.PhotoTexts
import org.photointerests.pipeline.analysis.text.TextAnalyzer
import org.photointerests.pipeline.index.PhotoDatabase
import org.photointerests.pipeline.index.PhotoRepository
import org.photointerests.pipeline.index.emptyLog
import org.photointerests.pipeline.media.Album
import org.photointerests.pipeline.media.Favourites
import org.photointerests.pipeline.media.GeoLocations
import org.photointerests.pipeline.media.MediaStorePhotoSource
import org.photointerests.pipeline.media.PhotoSource
import org.photointerests.pipeline.media.PositionSource
import org.photointerests.pipeline.runtime.AcceleratorCheck
import org.photointerests.pipeline.runtime.AcceleratorSelector
import org.photointerests.pipeline.runtime.Benchmark
import org.photointerests.pipeline.runtime.BenchmarkResult
import org.photointerests.pipeline.runtime.ProcessEnd
import org.photointerests.pipeline.runtime.ThermalState
import org.photointerests.pipeline.runtime.TrialLog
import org.photointerests.pipeline.runtime.endOfProcess
import org.photointerests.pipeline.runtime.thermalState
import org.photointerests.pipeline.scan.Analyzers
import org.photointerests.pipeline.scan.ForegroundScan
import org.photointerests.pipeline.scan.PhotoScanner
import org.photointerests.pipeline.scan.ScanController
import org.photointerests.recommendations.CatalogueStore
import org.photointerests.recommendations.Recommender
import org.photointerests.search.AlbumSearchSource
import org.photointerests.search.InterestSearchSource
import org.photointerests.search.KindSearchSource
import org.photointerests.search.MonthSearchSource
import org.photointerests.search.ObjectSearchSource
import org.photointerests.search.PeopleSearchSource
import org.photointerests.search.PersonSearchSource
import org.photointerests.search.PhotoSearch
import org.photointerests.search.PlaceSearchSource
import org.photointerests.search.SceneSearchSource

private const val BENCHMARK_FILE = "benchmark.db"
private const val ANALYZERS = "analyzers"

/**
 * The pipeline of an app, from its gallery to interests: [scans] analyses the photos,
 * [interests] says what they show. All lives as long as the app, and is created on first use.
 */
open class PhotoInterests(private val context: Context) {
    open val source: PhotoSource by lazy { MediaStorePhotoSource(context) }

    open val locations: GeoLocations by lazy { GeoLocations(context) }

    /** Where the analyzer of places has positions from. */
    open val positions: PositionSource get() = locations

    val favourites: Favourites by lazy { Favourites(context) }

    open val bundle: Bundle by lazy { Bundle(AssetBundleFiles(context.assets)) }

    open val database: PhotoDatabase by lazy {
        PhotoDatabase.open(context) { errors.report(AppError.STORAGE_DAMAGED) }
    }

    open val settings: Settings by lazy {
        // Choices in a damaged file are lost: those that the app began with hold again.
        val reset = ReplaceFileCorruptionHandler { emptyPreferences() }
        Settings(
            PreferenceDataStoreFactory.create(reset) {
                context.preferencesDataStoreFile("settings")
            }
        )
    }

    /** What screens show instead of what cannot be read or written. */
    val errors = ErrorState()

    /** Measures what the extractor can run on, and chooses. */
    val accelerators: AcceleratorSelector by lazy {
        val system = "${Build.FINGERPRINT} ${Build.VERSION.SDK_INT} ${appVersion()}"
        val trials = TrialLog(settings, system, context::endOfProcess)
        AcceleratorSelector(AcceleratorCheck(bundle, trials, system), trials, bundle, settings)
    }

    /** How warm the phone is; a scan spares a warm one. */
    open val thermalState: Flow<ThermalState> get() = context.thermalState()

    // Held while the index is written to by a scan, or emptied.
    private val scanLock = Mutex()

    /** The scan that a person has started, where Android wants it in a service of its own. */
    open val foregroundScan: ForegroundScan by lazy { ForegroundScan(context) }

    val scans: ScanController by lazy {
        ScanController(WorkManager.getInstance(context), settings, foregroundScan)
    }

    /** How far the photos are analysed. */
    val photos: PhotoRepository by lazy {
        PhotoRepository(database.media(), bundle.card.extractorVersion)
    }

    private val model by lazy { InterestModel(bundle) }

    /** The month that it is now. */
    protected open val thisMonth: () -> YearMonth = YearMonth::now

    val interests: InterestRepository by lazy {
        InterestRepository(
            database,
            bundle.card,
            model,
            thisMonth,
            sensitive = settings.choices.map { it.sensitive }.distinctUntilChanged()
        )
    }

    /** Card and model of an analyzer; null where this build has none. */
    protected open fun analyzerFiles(name: String): AnalyzerFiles? =
        AnalyzerFiles.find(name, AssetBundleFiles(context.assets, "$ANALYZERS/$name"))

    private val sceneFiles: AnalyzerFiles? by lazy {
        analyzerFiles(SceneAnalyzer.NAME)?.takeIf {
            (it.card.input as? FeatureInput)?.extractor ==
                bundle.card.extractorSha256
        }
    }

    /** The scenes of photos; null where this build has none that fit its extractor. */
    val scenes: PhotoScenes? by lazy {
        sceneFiles?.let { PhotoScenes(database.scenes(), it.card, bundle.card.extractorVersion) }
    }

    private val placeFiles: AnalyzerFiles? by lazy { analyzerFiles(PlaceAnalyzer.NAME) }

    /** The places of photos; null where this build has no list of places. */
    val places: PhotoPlaces? by lazy {
        placeFiles?.let { PhotoPlaces(database.places(), it.card) }
    }

    private val faceFiles: AnalyzerFiles? by lazy { analyzerFiles(DetectionAnalyzer.FACES) }

    /** The faces on photos, and never whose they are; null where this build has no detector. */
    val faces: PhotoDetections? by lazy { faceFiles?.let(::detections) }

    private val objectFiles: AnalyzerFiles? by lazy { analyzerFiles(DetectionAnalyzer.OBJECTS) }

    /** The objects on photos; null where this build has no detector. */
    val objects: PhotoDetections? by lazy { objectFiles?.let(::detections) }

    private fun detections(files: AnalyzerFiles) =
        PhotoDetections(database.detections(), files.card, bundle.card.input)

    private val squares by lazy { PhotoSquares(source, bundle.card.input) }

    private fun detector(files: AnalyzerFiles, isOptIn: Boolean) =
        DetectionAnalyzer(files, squares, database.detections(), isOptIn)

    /** How many people photos show; null in a build that cannot find any. */
    val people: PhotoPeople? by lazy {
        if (faces == null && objects == null) null else PhotoPeople(faces, objects)
    }

    /** The models that this app takes beside its own; none in a build without their list. */
    protected open fun knownPacks(): List<KnownPack> = try {
        KnownPacks.parse(AssetBundleFiles(context.assets, ANALYZERS).map(KnownPacks.FILE))
    } catch (_: FileNotFoundException) {
        emptyList()
    }

    /** Models from files that the user chose. */
    val packs: PackStore by lazy {
        // What the package has is not asked for, nor birds where nothing finds them.
        val known = knownPacks().filter { analyzerFiles(it.name) == null }
            .filter { it.name != SpeciesAnalyzer.BIRDS || objectFiles != null }
        PackStore(File(context.noBackupFilesDir, "packs"), known)
    }

    private fun packFiles(name: String) = packs.installed.value.find { it.name == name }?.files

    private val interestWords by lazy {
        val words = AssetBundleFiles(context.assets, ANALYZERS).map(InterestWords.FILE)
        InterestWords(bundle.card, words)
    }

    /** The text of photos, and the interests that it names. */
    val texts: PhotoTexts by lazy {
        PhotoTexts(database.texts(), bundle.card, interestWords) {
            packFiles(TextAnalyzer.NAME)?.card
        }
    }

    /** The species of birds and insects on photos. */
    val species: SpeciesPacks by lazy {
        SpeciesPacks(bundle.card, source, database, objects, ::packFiles) { model }
    }

    private fun textAnalyzer(files: AnalyzerFiles) =
        TextAnalyzer(files, bundle.card, source, database, interestWords) { model }
            .takeIf { it.fits }

    private val faceIndex by lazy { FaceIndex(database) }

    /** Groups of faces of the same person; none where the user did not switch them on. */
    val peopleGroups: PeopleGroups by lazy {
        val running = packs.installed.combine(settings.choices) { installed, choices ->
            installed.find { it.name == IdentityAnalyzer.NAME }
                ?.takeIf { choices.analyzers[IdentityAnalyzer.NAME] == true }
                ?.let { IdentityAnalyzer.versionOf(it.files.card, bundle.card.input) }
        }
        PeopleGroups(database, faceIndex, bundle.card.extractorVersion, running)
    }

    private fun identityAnalyzer(files: AnalyzerFiles) =
        IdentityAnalyzer(files, bundle.card.input, source, faceIndex, peopleGroups)

    /** Who is to be named for the analyzers of this build, and by which licence. */
    val analyzerSources: List<Source>
        get() = (
            listOfNotNull(sceneFiles, placeFiles, objectFiles, faceFiles) +
                packs.installed.value.map { it.files }
            ).flatMap { it.card.sources }

    /** What is found out about photos after they were scanned; each can be switched off. */
    val analyzers: Analyzers by lazy {
        val all = listOfNotNull(
            sceneFiles?.let {
                SceneAnalyzer(
                    it,
                    bundle.card.extractorVersion,
                    database.features(),
                    database.scenes()
                )
            },
            placeFiles?.let { PlaceAnalyzer(it, positions, database.places()) },
            objectFiles?.let { detector(it, isOptIn = false) },
            faceFiles?.let { detector(it, isOptIn = true) }
        )
        val added = packs.installed.map { installed -> installed.mapNotNull { added(it.files) } }
        Analyzers(
            all,
            database,
            settings,
            scanLock,
            thermalState,
            bundle.card.extractorVersion,
            added,
            // Faces are never left behind, whatever became of the pack.
            absent = mapOf(IdentityAnalyzer.NAME to suspend { faceIndex.deleteAll() })
        )
    }

    private fun added(files: AnalyzerFiles) = when (files.card.name) {
        TextAnalyzer.NAME -> textAnalyzer(files)
        in SpeciesPacks.NAMES -> species.analyzer(files)
        IdentityAnalyzer.NAME -> identityAnalyzer(files)
        else -> null
    }

    /** Photos by words. */
    val search: PhotoSearch by lazy {
        val documents = database.search()
        PhotoSearch(
            database,
            listOfNotNull(
                InterestSearchSource(documents, bundle.card, interests),
                KindSearchSource(
                    documents,
                    bundle.card,
                    interests,
                    PhotoKinds(database, bundle.card, model)
                ),
                scenes?.let { SceneSearchSource(database.scenes(), it) },
                places?.let { PlaceSearchSource(it) },
                people?.let { PeopleSearchSource(it) },
                PersonSearchSource(database.people()),
                objects?.let { ObjectSearchSource { it } },
                MonthSearchSource(documents, bundle.card),
                AlbumSearchSource(documents, source)
            ) + SpeciesPacks.NAMES.map { name -> ObjectSearchSource(name) { species.found(name) } }
        )
    }

    /** Photos that look alike. */
    val similar: SimilarPhotos by lazy { SimilarPhotos(database, bundle) }

    /** The products to suggest, if the user has chosen some. */
    val catalogueStore: CatalogueStore by lazy {
        CatalogueStore(File(context.filesDir, "catalogue"), bundle.card)
    }

    val recommender: Recommender by lazy { Recommender(catalogueStore, interests, bundle.card) }

    /** The profile as a file to share. */
    val export: ProfileExport by lazy {
        ProfileExport(
            File(context.cacheDir, "exports"),
            interests,
            database.feedback(),
            bundle.card
        )
    }

    /** The choices in such a file. */
    val profileImport: ProfileImport by lazy { ProfileImport(database.feedback(), bundle.card) }

    /**
     * Keeps an album from being scanned, now and later, and deletes all data of its photos.
     *
     * What was read before version 3 of the database leaves with the scan that this starts.
     */
    suspend fun exclude(album: Album) {
        database.feedback().exclude(ExcludedAlbum(album.id, album.name))
        scans.startAutomatically()
    }

    /** Has an album read again by the next scan. */
    suspend fun include(album: Album) {
        database.feedback().include(album.id)
        scans.startAutomatically()
    }

    /** Switches an analyzer on, and has a scan begin, or off, which deletes all that it found. */
    suspend fun setAnalyzer(name: String, on: Boolean) {
        analyzers.set(name, on)
        if (on) scans.startAutomatically()
    }

    /**
     * Keeps the models in a file that the user chose, and has a scan use them; those that tell people
     * apart are used once the user switches that on by [setAnalyzer].
     *
     * Throws [PackException], and [java.io.IOException] where the storage is full.
     */
    suspend fun addPack(open: () -> InputStream) {
        val name = packs.add(open).name
        if (name != IdentityAnalyzer.NAME) return setAnalyzer(name, on = true)
        if (settings.choices.first().analyzers[name] == true) scans.startAutomatically()
    }

    /** Removes the models of an analyzer, and all that it found. */
    suspend fun removePack(name: String) {
        setAnalyzer(name, on = false)
        packs.remove(name)
    }

    /** Times reading photos, step by step; what it writes is deleted. */
    suspend fun benchmark(): BenchmarkResult = try {
        val open = {
            PhotoDatabase.builder(context, BENCHMARK_FILE).build()
        }
        Benchmark(bundle, source, accelerators, settings.threadChoices, open).run()
    } finally {
        context.deleteDatabase(BENCHMARK_FILE)
    }

    private val analyzer by lazy {
        FeaturesAnalyzer(bundle.card.extractorVersion, database.features(), ::openPipeline)
    }

    suspend fun scanner(): PhotoScanner = withContext(Dispatchers.Default) {
        PhotoScanner(
            source,
            database,
            listOf(analyzer),
            lastEnd = ::endOfLastScan,
            thermalState = thermalState,
            lock = scanLock
        )
    }

    open suspend fun openPipeline(): FeaturePipeline {
        val choices = settings.choices.first()
        return ModelFeaturePipeline(bundle.card.input, accelerators.open(choices))
    }

    /** How the process ended that scanned last; from now on this one is asked for. */
    private suspend fun endOfLastScan(): ProcessEnd =
        context.endOfProcess(settings.replaceScanProcess(Process.myPid()))

    private fun appVersion() =
        context.packageManager.getPackageInfo(context.packageName, 0).lastUpdateTime

    /** Sizes of all that is stored, as the files are just now. */
    fun storedBytes(): StoredBytes {
        val database = context.getDatabasePath(PhotoDatabase.FILE).path
        val photos = listOf("", "-wal", "-shm").sumOf { File(database + it).length() }
        val settings = context.preferencesDataStoreFile("settings").length()
        val known =
            StoredBytes(photos, settings, catalogueStore.bytes(), export.bytes(), packs.bytes(), 0)
        return known.copy(other = (context.writtenBytes() - known.all).coerceAtLeast(0))
    }

    /**
     * Deletes all that this app knows: photos' features, the user's words, products, what
     * was exported, settings.
     *
     * Once begun it goes through to its end, even if the screen that asked for it is left meanwhile.
     */
    suspend fun deleteEverything() = withContext(NonCancellable) {
        scans.stop()
        // A photo that was in work when the scan was stopped is stored before, and not after.
        scanLock.withLock {
            faceIndex.deleteAll() // also what is in memory
            withContext(Dispatchers.IO) { database.clearAllTables() }
        }
        database.emptyLog()
        catalogueStore.remove()
        packs.removeAll()
        export.delete()
        settings.clear()
        reportChange()
    }

    /** Lets receivers of this app know, by [ACTION_INTERESTS_CHANGED], that interests may be others. */
    fun reportChange() =
        context.sendBroadcast(Intent(ACTION_INTERESTS_CHANGED).setPackage(context.packageName))

    companion object {
        /** Action of the broadcast, to this app alone, after a scan or a choice of the user. */
        const val ACTION_INTERESTS_CHANGED = "org.photointerests.action.INTERESTS_CHANGED"
    }
}
