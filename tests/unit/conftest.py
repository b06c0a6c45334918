"""Properties are judged by what holds, not by how busy the machine was."""

from hypothesis import settings

settings.register_profile("pond", deadline=None)
settings.load_profile("pond")
