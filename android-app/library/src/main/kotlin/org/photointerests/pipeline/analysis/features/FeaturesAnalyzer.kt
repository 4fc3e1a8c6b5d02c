package org.photointerests.pipeline.analysis.features

import org.photointerests.pipeline.analysis.Analysis
import org.photointerests.pipeline.analysis.AnalysisRows
import org.photointerests.pipeline.analysis.Analyzer
import org.photointerests.pipeline.analysis.PreparedPhoto
import org.photointerests.pipeline.decode.Frame

/**
 * Stores a photo's features; [version] names the extractor and the rule for its pixels, the decode
 * rule included, so that features of different pixels are never mixed.
 */
class FeaturesAnalyzer(
    override val version: String,
    private val rows: FeatureDao,
    private val openPipeline: suspend () -> FeaturePipeline
) : Analyzer {
    override val name get() = NAME

    override suspend fun open(): Analysis = FeatureAnalysis(openPipeline(), rows)

    companion object {
        const val NAME = "features"
    }
}

private class FeatureAnalysis(private val pipeline: FeaturePipeline, private val rows: FeatureDao) :
    Analysis {
    override fun prepare(frame: Frame): PreparedPhoto {
        val pixels = pipeline.decode(frame)
        return PreparedPhoto {
            val features = pipeline.extract(pixels)
            AnalysisRows { rows.insert(FeatureRow(it.item, it.version, it.month, features)) }
        }
    }

    override fun close() = pipeline.close()
}
