package org.photointerests.ui.photo

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import java.time.Instant
import java.time.YearMonth
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.flow.transformLatest
import kotlinx.coroutines.flow.update
import org.photointerests.core.ErrorState
import org.photointerests.core.PhotoKey
import org.photointerests.core.retryAfterError
import org.photointerests.insights.description.Described
import org.photointerests.insights.description.describePhoto
import org.photointerests.insights.interests.InterestRepository
import org.photointerests.insights.interests.PhotoFindings
import org.photointerests.insights.similar.SimilarPhotos
import org.photointerests.people.GroupedFace
import org.photointerests.people.PeopleGroups
import org.photointerests.pipeline.analysis.detections.Box
import org.photointerests.pipeline.analysis.detections.Detection
import org.photointerests.pipeline.analysis.detections.FoundObjects
import org.photointerests.pipeline.analysis.detections.PhotoDetections
import org.photointerests.pipeline.analysis.detections.byLabel
import org.photointerests.pipeline.analysis.people.People
import org.photointerests.pipeline.analysis.people.PhotoPeople
import org.photointerests.pipeline.analysis.places.PhotoPlaces
import org.photointerests.pipeline.analysis.places.Place
import org.photointerests.pipeline.analysis.scenes.PhotoScene
import org.photointerests.pipeline.analysis.scenes.PhotoScenes
import org.photointerests.pipeline.analysis.species.FoundSpecies
import org.photointerests.pipeline.analysis.species.SpeciesPacks
import org.photointerests.pipeline.analysis.text.PhotoTexts
import org.photointerests.pipeline.analysis.text.TextLine
import org.photointerests.pipeline.decode.PhotoProblem
import org.photointerests.pipeline.index.PhotoRepository
import org.photointerests.pipeline.media.Favourites
import org.photointerests.pipeline.media.GeoLocation
import org.photointerests.pipeline.media.GeoLocations

private const val SIMILAR_PHOTOS = 24

// Two photos of real galleries have a cosine of 0.83 on average, and their nearest ones of 0.9.
private const val MIN_COSINE = 0.88

/**
 * What is known of a photo; [findings] is null for one that was not analysed, and [problem] the
 * reason, if a scan has met one. [favourite] is null where Android does not say, [scene] and
 * [place] where none was found, [people] where none were. [boxes] are where faces and [objects] are.
 * Android keeps places from the app while [placeHidden]. [text] are the lines that are written on it.
 * [persons] are the names that the user gave to people on it, from left to right, by their groups.
 * [species] are those of animals, most probable first.
 */
data class PhotoState(
    val key: PhotoKey,
    val findings: PhotoFindings?,
    val location: GeoLocation?,
    val problem: PhotoProblem? = null,
    val favourite: Boolean? = null,
    val similar: List<PhotoKey> = emptyList(),
    val placeHidden: Boolean = false,
    val scene: PhotoScene? = null,
    val place: Place? = null,
    val people: People? = null,
    val objects: List<FoundObjects> = emptyList(),
    val boxes: List<FoundBox> = emptyList(),
    val text: List<TextLine> = emptyList(),
    val persons: Map<Long, String> = emptyMap(),
    val species: List<FoundSpecies> = emptyList()
) {
    /** One sentence about the photo; null where nothing but its time is known. */
    fun sentence(language: String): String? {
        val isSilent = scene?.scene == null && place == null && people == null
        if (isSilent && objects.isEmpty() && persons.isEmpty()) return null
        val month = findings?.let {
            YearMonth.from(Instant.ofEpochMilli(it.takenAtMs).atZone(it.zone()))
        }
        val names = persons.values.toList()
        return describePhoto(
            Described(people, objects, scene?.scene, place, month, names),
            language
        )
    }
}

/** The species in a box that the detector of objects has found. */
private fun List<FoundSpecies>.nameIn(box: Box) = find { it.box == box }?.label

/** The photos to swipe through, and what is known of the one that is seen; null until it is read. */
data class ViewerState(val photos: List<PhotoKey>, val details: PhotoState? = null)

/** Where what is shown of a photo comes from. */
class PhotoSources(
    val interests: InterestRepository,
    val photos: PhotoRepository,
    val locations: GeoLocations,
    val favourites: Favourites,
    val similar: SimilarPhotos,
    val scenes: PhotoScenes?,
    val places: PhotoPlaces?,
    val faces: PhotoDetections?,
    val objects: PhotoDetections?,
    val people: PhotoPeople?,
    val texts: PhotoTexts,
    val groups: PeopleGroups,
    val species: SpeciesPacks
)

/** Reads what is on the photo that is seen, among the [photosOf] its set. */
@OptIn(ExperimentalCoroutinesApi::class)
class PhotoViewModel(
    private val sources: PhotoSources,
    errors: ErrorState,
    private val key: PhotoKey,
    photosOf: suspend () -> List<PhotoKey>
) : ViewModel() {
    private val seen = MutableStateFlow(key)
    private val readings = MutableStateFlow(0)

    /** Null until the set is read. */
    val state: StateFlow<ViewerState?> = combine(
        flow {
            val all = photosOf()
            emit(if (key in all) all else listOf(key) + all)
        },
        seen.combine(readings) { key, _ -> key }.transformLatest { key ->
            emit(null)
            val read = read(key)
            emit(read)
            val similar = sources.similar.similar(key, SIMILAR_PHOTOS, MIN_COSINE)
            emit(read.copy(similar = similar.map { it.key }))
        },
        ::ViewerState
    ).retryAfterError(errors)
        .flowOn(Dispatchers.IO).stateIn(viewModelScope, SharingStarted.Lazily, null)

    /** Has what is known of another photo read. */
    fun show(photo: PhotoKey) {
        seen.value = photo
    }

    /** Reads what is known of the photo again: the user allows more than before. */
    fun readAgain() = readings.update { it + 1 }

    private suspend fun read(key: PhotoKey): PhotoState {
        val faces = sources.faces?.ofPhoto(key).orEmpty()
        val objects = sources.objects?.ofPhoto(key).orEmpty()
        val labels = sources.objects?.card?.labels.orEmpty()
        val named = sources.groups.ofPhoto(key).filter { it.name != null }
        val species = sources.species.ofPhoto(key)
        return PhotoState(
            key,
            sources.interests.photo(key),
            sources.locations.locationOf(key),
            sources.photos.problem(key.volume, key.id),
            sources.favourites.isFavourite(key),
            placeHidden = !sources.locations.isAllowed(),
            scene = sources.scenes?.scene(key),
            place = sources.places?.place(key),
            people = sources.people?.of(faces, objects),
            objects = objects.byLabel(labels),
            boxes = boxesOf(faces, named) +
                objects.map { FoundBox(it.box, species.nameIn(it.box) ?: labels[it.label]) },
            text = sources.texts.ofPhoto(key),
            persons = named.associate { it.group to it.name.orEmpty() },
            species = species
        )
    }
}

/** A face that two analyzers have found has one frame, with the name that the user gave. */
internal fun boxesOf(faces: List<Detection>, named: List<GroupedFace>): List<FoundBox> =
    faces.map { it.box }.filter { box -> named.none { it.face.box.hasMiddleOf(box) } }
        .map { FoundBox(it) } + named.map { FoundBox(it.face.box, person = it.name) }

private fun Box.hasMiddleOf(other: Box): Boolean =
    other.left + other.width / 2 in left..left + width &&
        other.top + other.height / 2 in top..top + height
