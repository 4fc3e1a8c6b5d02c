package org.photointerests.pipeline.scan

import java.io.Closeable
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.buffer
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flow
import org.photointerests.core.PhotoKey
import org.photointerests.pipeline.analysis.Analysis
import org.photointerests.pipeline.analysis.PreparedPhoto
import org.photointerests.pipeline.analysis.features.FeaturePipeline
import org.photointerests.pipeline.decode.Frame
import org.photointerests.pipeline.decode.PhotoException
import org.photointerests.pipeline.decode.PhotoFile
import org.photointerests.pipeline.decode.PhotoProblem
import org.photointerests.pipeline.decode.TimeLimitedFile
import org.photointerests.pipeline.index.AnalysisResult
import org.photointerests.pipeline.index.MediaDao
import org.photointerests.pipeline.index.RegisteredAnalyzer
import org.photointerests.pipeline.index.ScanIndex
import org.photointerests.pipeline.index.StartedPhoto
import org.photointerests.pipeline.media.GalleryPhoto
import org.photointerests.pipeline.media.PhotoSource
import org.photointerests.pipeline.media.ScanDiff
import org.photointerests.pipeline.media.VolumeState
import org.photointerests.pipeline.runtime.ThermalState

// Few enough for the memory, and many enough for MediaStore, which sorts all for each page.
private const val PAGE = 5000

// Photos of the first look at a gallery that was never read.
private const val SAMPLE = 300
private const val NANOSECONDS = 1e9f
private const val NANOSECONDS_A_MILLISECOND = 1_000_000

// Prepared photos that wait for the models: as many as a pipeline keeps apart.
private const val AHEAD = FeaturePipeline.PIXELS_AT_ONCE - 2

// Times its limit, after which a decoder is given up that asks for no more of its file.
private const val PATIENCE = 2

// Photos marked as started at a time: one transaction for all of them.
private const val MARKED_AT_ONCE = 8

/**
 * What a scan is to do; [volumes] is null where Android does not report them. A photo may take
 * [photoLimitMs].
 */
internal class ScanPlan(
    val volumes: List<VolumeState>?,
    val excluded: List<String>,
    val total: Int,
    val retry: Boolean,
    val photoLimitMs: Long
)

/** One pass over the gallery: each new or changed photo is decoded once for all analyzers. */
internal class ScanRun(
    private val source: PhotoSource,
    private val media: MediaDao,
    private val index: ScanIndex,
    private val analyzers: List<RegisteredAnalyzer>,
    private val plan: ScanPlan,
    private val nanoTime: () -> Long,
    private val thermalState: StateFlow<ThermalState>,
    private val report: suspend (ScanProgress) -> Unit
) : Closeable {
    private val versions = analyzers.map { it.version }
    private val started = nanoTime()
    private val analyses = mutableMapOf<String, Analysis>()
    private val decoding = DecodeThread(PATIENCE * plan.photoLimitMs)
    private val suspects = mutableMapOf<PhotoKey, GalleryPhoto?>()
    private var done = 0
    private var read = 0
    private var failed = 0
    private var lastPhotoMs = 0L

    /** Returns MediaStore's ids of the stored photos that are gone, by volume. */
    suspend fun analyzeAll(): Map<String, List<Long>> {
        open()
        media.suspects(versions).forEach { suspects[it.key] = null }
        var diff = load()
        if (diff.size < SAMPLE && plan.total >= 2 * SAMPLE) {
            analyzeSample(plan.total / SAMPLE, diff)
            diff = load()
        }
        analyzeRest(diff)
        analyzeSuspects()
        return diff.remaining()
    }

    override fun close() {
        decoding.close()
        analyses.values.forEach { it.close() }
    }

    private suspend fun open() = analyzers.forEach { analyses[it.name] = it.analyzer.open() }

    private suspend fun load() = ScanDiff.load(media, versions, plan.volumes, plan.retry)

    /** A photo in every so many, of all times: first interests are there within a minute. */
    private suspend fun analyzeSample(step: Int, diff: ScanDiff) {
        var number = 0
        source.pages(PAGE, plan.excluded).collect { page ->
            val sample = page.filter { number++ % step == 0 }
            val (unchanged, changed) = sample.partition(diff::matches)
            done += unchanged.size
            analyze(changed.filter { it.key !in suspects })
        }
        done = 0
    }

    private suspend fun analyzeRest(diff: ScanDiff) =
        source.pages(PAGE, plan.excluded).collect { page ->
            val (unchanged, changed) = page.partition(diff::matches)
            done += unchanged.size
            report(progress())
            val moved = unchanged.filter { diff.hasOldGeneration(it) && isReported(it) }
            if (moved.isNotEmpty()) media.setGenerations(moved)
            changed.filter { it.key in suspects }.forEach { suspects[it.key] = it }
            analyze(changed.filter { it.key !in suspects })
        }

    /** Whether Android reports the generations of a photo's volume. */
    private fun isReported(photo: GalleryPhoto) =
        plan.volumes?.any { it.volume == photo.key.volume && it.generation != null } == true

    /** Each alone: if the process ends once more, it is known by which photo. */
    private suspend fun analyzeSuspects() {
        if (!plan.retry) return
        suspects.values.filterNotNull().forEach { photo ->
            index.start(listOf(photo), analyzers).forEach { store(prepare(it)) }
        }
    }

    /** Prepares the next photo while the models look at this one. */
    private suspend fun analyze(photos: List<GalleryPhoto>) = flow {
        photos.chunked(MARKED_AT_ONCE).forEach { chunk ->
            index.start(chunk, analyzers).forEach { emit(prepare(it)) }
        }
    }.buffer(AHEAD).collect(::store)

    /** A decoder that ignores the end of its time is left alone with the analyses that it works for. */
    private suspend fun prepare(photo: StartedPhoto): Prepared = try {
        decoding.run { decoded(photo) }
    } catch (error: PhotoException) {
        open()
        Prepared(photo, photo.analyzers.map { PreparedResult(it, null, error.problem) })
    }

    private fun decoded(photo: StartedPhoto): Prepared {
        val deadlineNs = nanoTime() + plan.photoLimitMs * NANOSECONDS_A_MILLISECOND
        val file = PhotoFile { source.open(photo.photo.key) }
        return Frame(TimeLimitedFile(file, deadlineNs, nanoTime)).use { frame ->
            Prepared(photo, photo.analyzers.map { prepare(it, frame) })
        }
    }

    private fun prepare(analyzer: RegisteredAnalyzer, frame: Frame) = try {
        val analysis = analyses.getValue(analyzer.name)
        PreparedResult(analyzer, analysis.prepare(frame), null)
    } catch (error: PhotoException) {
        PreparedResult(analyzer, null, error.problem)
    }

    private suspend fun store(prepared: Prepared) {
        throttle()
        val photoStarted = nanoTime()
        val results = prepared.results.map {
            AnalysisResult(it.analyzer, it.photo?.analyze(), it.problem)
        }
        index.finish(prepared.photo, results)
        if (results.any { it.rows == null }) failed++
        lastPhotoMs = (nanoTime() - photoStarted) / NANOSECONDS_A_MILLISECOND
        read++
        done++
        report(progress())
    }

    /** Gives a warm phone as much rest as work, and waits until a hot one has cooled down. */
    private suspend fun throttle() {
        if (thermalState.value == ThermalState.MODERATE) delay(lastPhotoMs)
        if (thermalState.value != ThermalState.SEVERE) return
        report(progress())
        thermalState.first { it != ThermalState.SEVERE }
        report(progress())
    }

    private fun progress(): ScanProgress {
        val seconds = (nanoTime() - started) / NANOSECONDS
        val rate = if (read == 0 || seconds <= 0) 0f else read / seconds
        return ScanProgress(done, maxOf(plan.total, done), failed, rate, thermalState.value)
    }
}

private class Prepared(val photo: StartedPhoto, val results: List<PreparedResult>)

private class PreparedResult(
    val analyzer: RegisteredAnalyzer,
    val photo: PreparedPhoto?,
    val problem: PhotoProblem?
)
