package org.photointerests.store

import androidx.sqlite.db.SupportSQLiteDatabase
import androidx.sqlite.db.SupportSQLiteOpenHelper
import androidx.sqlite.db.framework.FrameworkSQLiteOpenHelperFactory

/**
 * Opens databases as Android does, which throws damaged ones away and begins anew.
 *
 * Without [onDamage] nobody would learn of it: all that was read would just be gone.
 */
internal class DamageTelling(private val onDamage: () -> Unit) : SupportSQLiteOpenHelper.Factory {
    private val framework = FrameworkSQLiteOpenHelperFactory()

    override fun create(
        configuration: SupportSQLiteOpenHelper.Configuration
    ): SupportSQLiteOpenHelper = framework.create(
        SupportSQLiteOpenHelper.Configuration.builder(configuration.context)
            .name(configuration.name)
            .callback(Telling(configuration.callback))
            .build()
    )

    private inner class Telling(private val callback: SupportSQLiteOpenHelper.Callback) :
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
