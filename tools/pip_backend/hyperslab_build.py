"""The build backend: scikit-build-core, and one config setting more.

``pip install -C mpi=on .`` builds on the machine's MPI, as ``-C cmake.define.HYPERSLAB_MPI=ON``
does.
"""

from scikit_build_core import build as _build

ON, OFF = ("on", "true", "1", "yes"), ("off", "false", "0", "no")


def translated(settings):
    """The config settings as scikit-build-core knows them. ValueError unless mpi is on or off."""
    settings = dict(settings or {})
    mpi = settings.pop("mpi", None)
    if mpi is None:
        return settings
    if str(mpi).lower() not in ON + OFF:
        raise ValueError(f"The config setting mpi is 'on' or 'off', not {mpi!r}")
    settings["cmake.define.HYPERSLAB_MPI"] = "ON" if str(mpi).lower() in ON else "OFF"
    return settings


def get_requires_for_build_wheel(config_settings=None):
    """What has to be installed to build a wheel."""
    return _build.get_requires_for_build_wheel(translated(config_settings))


def get_requires_for_build_editable(config_settings=None):
    """What has to be installed to build a wheel that leads to this folder."""
    return _build.get_requires_for_build_editable(translated(config_settings))


def get_requires_for_build_sdist(config_settings=None):
    """What has to be installed to pack the sources."""
    return _build.get_requires_for_build_sdist(translated(config_settings))


if hasattr(_build, "prepare_metadata_for_build_wheel"):  # it knows when it can do so

    def prepare_metadata_for_build_wheel(metadata_directory, config_settings=None):
        """Write the metadata of a wheel; return the name of their folder."""
        return _build.prepare_metadata_for_build_wheel(
            metadata_directory, translated(config_settings)
        )

    def prepare_metadata_for_build_editable(metadata_directory, config_settings=None):
        """Write the metadata of a wheel that leads to this folder; return the folder's name."""
        return _build.prepare_metadata_for_build_editable(
            metadata_directory, translated(config_settings)
        )


def build_sdist(sdist_directory, config_settings=None):
    """Pack the sources; return the archive's name."""
    return _build.build_sdist(sdist_directory, translated(config_settings))


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    """Build a wheel; return its name."""
    return _build.build_wheel(wheel_directory, translated(config_settings), metadata_directory)


def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    """Build a wheel that leads to this folder; return its name."""
    return _build.build_editable(wheel_directory, translated(config_settings), metadata_directory)
