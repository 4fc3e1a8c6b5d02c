"""Can earlier photos predict later interests?"""
