package org.photointerests.pipeline.index

import androidx.sqlite.db.SupportSQLiteDatabase
import androidx.sqlite.db.SupportSQLiteOpenHelper
import androidx.sqlite.db.framework.FrameworkSQLiteOpenHelperFactory

/**
 * Opens databases as Android does, which deletes damaged ones and creates empty ones instead.
 *
 * [onDamage] is called then: without it everything stored would just be gone. A new database gets
 * large pages first, see [PageSize].
 */
internal class CorruptionReportingOpenHelperFactory(private val onDamage: () -> Unit) :
    SupportSQLiteOpenHelper.Factory {
    private val framework = FrameworkSQLiteOpenHelperFactory()

    override fun create(
        configuration: SupportSQLiteOpenHelper.Configuration
    ): SupportSQLiteOpenHelper {
        val helper = framework.create(
            SupportSQLiteOpenHelper.Configuration.builder(configuration.context)
                .name(configuration.name)
                .callback(Reporting(configuration.callback))
                .build()
        )
        val file = configuration.name?.let(configuration.context::getDatabasePath) ?: return helper
        return LargePageHelper(helper, file)
    }

    private inner class Reporting(private val callback: SupportSQLiteOpenHelper.Callback) :
        SupportSQLiteOpenHelper.Callback(callback.version) {
        override fun onConfigure(db: SupportSQLiteDatabase) = callback.onConfigure(db)

        override fun onCreate(db: SupportSQLiteDatabase) = callback.onCreate(db)

        override fun onOpen(db: SupportSQLiteDatabase) = callback.onOpen(db)

        override fun onUpgrade(db: SupportSQLiteDatabase, oldVersion: Int, newVersion: Int) =
            callback.onUpgrade(db, oldVersion, newVersion)

        override fun onDowngrade(db: SupportSQLiteDatabase, oldVersion: Int, newVersion: Int) =
            callback.onDowngrade(db, oldVersion, newVersion)

        override fun onCorruption(db: SupportSQLiteDatabase) {
            callback.onCorruption(db)
            onDamage()
        }
    }
}
