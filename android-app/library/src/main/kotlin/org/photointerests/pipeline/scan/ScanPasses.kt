package org.photointerests.pipeline.scan

import org.photointerests.PhotoInterests
import org.photointerests.pipeline.runtime.ThermalState

private const val UPDATE_INTERVAL_NS = 500_000_000L

/** One scan, whoever runs it: pass after pass, until no change was missed. */
internal class ScanPasses(private val container: PhotoInterests) {
    /** Calls [report] at most twice a second, and whenever something special happens. */
    suspend fun run(report: suspend (ScanProgress) -> Unit): ScanResult {
        val sampled = SampledReport(report)
        val scanner = container.scanner()
        var result = scanner.scan(report = sampled::report)
        if (result == ScanResult.NO_ACCESS) return result
        do {
            container.scans.watch()
            // What changed before came too early to be noticed from here on.
            result = scanner.scan(retry = false, report = sampled::report)
        } while (result == ScanResult.COMPLETE && !container.scans.isWatching())
        container.reportChange()
        // Features first: what else is found on photos comes once all interests are there.
        sampled.reportAnalyzing()
        container.analyzers.run()
        return result
    }
}

private class SampledReport(private val report: suspend (ScanProgress) -> Unit) {
    private var lastNs: Long? = null
    private var last = ScanProgress(0, 0, 0, 0f)

    suspend fun report(progress: ScanProgress) {
        val now = System.nanoTime()
        val special =
            progress.done == progress.total || progress.thermalState != last.thermalState
        last = progress
        if (!special && lastNs?.let { now - it < UPDATE_INTERVAL_NS } == true) return
        lastNs = now
        report.invoke(progress)
    }

    suspend fun reportAnalyzing() =
        report.invoke(last.copy(thermalState = ThermalState.NOMINAL, isAnalyzing = true))
}
