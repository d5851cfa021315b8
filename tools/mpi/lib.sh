# shellcheck shell=bash disable=SC2034
# Which MPI: HYPERSLAB_MPI_FLAVOR is openmpi (by default) or mpich, both Debian's. Each has its own
# build folder, build/mpi or build/mpi-mpich, because HDF5 and our code know one MPI only.

mpi_flavor=${HYPERSLAB_MPI_FLAVOR:-openmpi}
case $mpi_flavor in
    openmpi)
        mpi_packages="libopenmpi-dev openmpi-bin"
        mpi_preset=mpi
        # As root and on more ranks than cores, which a laptop and CI have; a container forbids ranks
        # to read each other's memory, which Open MPI would complain about.
        mpi_launcher=(mpirun.openmpi --allow-run-as-root --oversubscribe
            --mca btl_vader_single_copy_mechanism none)
        ;;
    mpich)
        mpi_packages="libmpich-dev mpich"
        mpi_preset=mpi-mpich
        mpi_launcher=(mpiexec.mpich)
        ;;
    *) die "HYPERSLAB_MPI_FLAVOR is openmpi or mpich, not '$mpi_flavor'." ;;
esac
# The machine's HDF5 is of the same MPI then.
[ "${HYPERSLAB_HDF5:-BUNDLED}" != SYSTEM ] || mpi_packages+=" libhdf5-$mpi_flavor-dev"
mpi_python=$PWD/.venv/$mpi_preset/bin/python
