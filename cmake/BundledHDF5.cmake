# HDF5 for the rooms: the targets hyperslab::hdf5 and hyperslab::hdf5_hl.
#
# SYSTEM takes the machine's own HDF5. BUNDLED, the default, builds a static one the first time and
# keeps it in the user's cache folder: another checkout, a wheel or a reconfigure finds it there at
# once and needs no network. How it is built is BuildHDF5.cmake's business.

set(HYPERSLAB_HDF5 "" CACHE STRING
    "BUNDLED (static, built once a machine) or SYSTEM; empty: what the environment variable says")
set_property(CACHE HYPERSLAB_HDF5 PROPERTY STRINGS "" BUNDLED SYSTEM)
set(HYPERSLAB_HDF5_SOURCE "" CACHE STRING
    "Folder or tarball of HDF5's source; empty: what the environment variable says, or fetch it")
set(HYPERSLAB_HDF5_VERSIONS "1.14.6;1.14.5" CACHE STRING
    "HDF5 versions to use, the preferred one first")
option(HYPERSLAB_SZIP "Szip in the bundled HDF5 (needs libaec)" ON)
option(HYPERSLAB_MPI "A parallel HDF5, on the MPI that CMake finds (MPI_C_COMPILER chooses one)" OFF)

if(HYPERSLAB_MPI)
  find_package(MPI REQUIRED COMPONENTS C)
endif()

if(HYPERSLAB_HDF5 STREQUAL "")
  set(HYPERSLAB_HDF5 "$ENV{HYPERSLAB_HDF5}")
endif()
if(HYPERSLAB_HDF5 STREQUAL "")
  set(HYPERSLAB_HDF5 BUNDLED)
endif()
if(HYPERSLAB_HDF5_SOURCE STREQUAL "")
  set(HYPERSLAB_HDF5_SOURCE "$ENV{HYPERSLAB_HDF5_SOURCE}")
endif()

# Gives a source of a target the list of HDF5's public symbols, hdf5_symbols.inc; only of ours is there
# one. (A folder below the build for all sources would keep ccache from knowing them in another build.)
function(hyperslab_hdf5_symbols target source)
  if(NOT HYPERSLAB_HDF5 STREQUAL "BUNDLED")
    return()
  endif()
  set(folder "${PROJECT_BINARY_DIR}/hdf5_symbols")
  if(NOT TARGET hyperslab_hdf5_symbol_list)
    set(archives "${HYPERSLAB_HDF5_PREFIX}/lib/libhdf5.a" "${HYPERSLAB_HDF5_PREFIX}/lib/libhdf5_hl.a")
    set(script "${PROJECT_SOURCE_DIR}/cmake/HDF5Symbols.cmake")
    list(TRANSFORM MPI_C_INCLUDE_DIRS PREPEND -I OUTPUT_VARIABLE mpi_flags)
    file(MAKE_DIRECTORY "${folder}")
    add_custom_command(
      OUTPUT "${folder}/hdf5_symbols.inc"
      COMMAND
        "${CMAKE_COMMAND}" "-DOUTPUT=${folder}/hdf5_symbols.inc" "-DNM=${CMAKE_NM}"
        "-DARCHIVES=${archives}" "-DCOMPILER=${CMAKE_C_COMPILER}"
        "-DINCLUDE=${HYPERSLAB_HDF5_PREFIX}/include" "-DMPI_FLAGS=${mpi_flags}" -P "${script}"
      DEPENDS ${archives} "${script}"
      VERBATIM)
    add_custom_target(hyperslab_hdf5_symbol_list DEPENDS "${folder}/hdf5_symbols.inc")
  endif()
  add_dependencies(${target} hyperslab_hdf5_symbol_list)
  set_source_files_properties("${source}" PROPERTIES INCLUDE_DIRECTORIES "${folder}")
  target_compile_definitions(${target} PRIVATE HYPERSLAB_BUNDLED_HDF5=1)
endfunction()

if(HYPERSLAB_HDF5 STREQUAL "SYSTEM")
  # FindHDF5 of CMake 4 makes targets that are not used here, and stops where the library is called
  # libhdf5_serial, as on Debian. It makes none that exist.
  add_library(hdf5::hdf5 INTERFACE IMPORTED)
  add_library(hdf5::hdf5_hl INTERFACE IMPORTED)
  set(HDF5_NO_FIND_PACKAGE_CONFIG_FILE ON) # those would be mistaken for HDF5's own
  if(HYPERSLAB_MPI)
    set(HDF5_PREFER_PARALLEL ON)
    # Debian has a parallel HDF5 of each MPI: h5pcc.openmpi belongs to mpicc.openmpi.
    get_filename_component(flavor "${MPI_C_COMPILER}" LAST_EXT)
    find_program(HDF5_C_COMPILER_EXECUTABLE NAMES h5pcc${flavor} h5pcc)
  endif()
  find_package(HDF5 1.14 REQUIRED COMPONENTS C HL)
  add_library(hyperslab_system_hdf5 INTERFACE)
  target_link_libraries(hyperslab_system_hdf5 INTERFACE ${HDF5_C_LIBRARIES})
  add_library(hyperslab_system_hdf5_hl INTERFACE)
  target_link_libraries(hyperslab_system_hdf5_hl INTERFACE ${HDF5_C_HL_LIBRARIES})
  foreach(library hdf5 hdf5_hl)
    add_library(hyperslab::${library} ALIAS hyperslab_system_${library})
  endforeach()
  # With what HDF5's headers include themselves (MPI in parallel builds).
  target_include_directories(hyperslab_system_hdf5 SYSTEM INTERFACE ${HDF5_C_INCLUDE_DIRS})
  set(CMAKE_INSTALL_RPATH_USE_LINK_PATH ON) # it may lie where the loader does not look
  if(HYPERSLAB_MPI)
    if(NOT HDF5_IS_PARALLEL)
      unset(HDF5_C_COMPILER_EXECUTABLE CACHE) # so that one installed later is found
      message(FATAL_ERROR "HYPERSLAB_MPI needs a parallel HDF5; the system's ${HDF5_VERSION} is serial. "
                          "HDF5_ROOT names the prefix of another.")
    endif()
    target_link_libraries(hyperslab_system_hdf5 INTERFACE MPI::MPI_C)
  endif()
  message(STATUS "HDF5: the system's ${HDF5_VERSION}")
  set(HYPERSLAB_HDF5_BUILD "system ${HDF5_VERSION}")
  return()
elseif(NOT HYPERSLAB_HDF5 STREQUAL "BUNDLED")
  message(FATAL_ERROR "HYPERSLAB_HDF5 is BUNDLED or SYSTEM, not '${HYPERSLAB_HDF5}'")
endif()

# ---- what HDF5's own filters need; archives where there are any, so that a wheel needs no .so ----

find_path(HYPERSLAB_ZLIB_INCLUDE zlib.h)
find_library(HYPERSLAB_ZLIB_LIBRARY NAMES libz.a z)
set(filter_libraries "${HYPERSLAB_ZLIB_LIBRARY}")
set(required HYPERSLAB_ZLIB_INCLUDE HYPERSLAB_ZLIB_LIBRARY)
if(HYPERSLAB_SZIP)
  find_path(HYPERSLAB_SZIP_INCLUDE szlib.h)
  find_library(HYPERSLAB_SZIP_LIBRARY NAMES libsz.a sz)
  find_library(HYPERSLAB_AEC_LIBRARY NAMES libaec.a aec)
  list(PREPEND filter_libraries "${HYPERSLAB_SZIP_LIBRARY}" "${HYPERSLAB_AEC_LIBRARY}")
  list(APPEND required HYPERSLAB_SZIP_INCLUDE HYPERSLAB_SZIP_LIBRARY HYPERSLAB_AEC_LIBRARY)
endif()
foreach(variable IN LISTS required)
  if(NOT ${variable})
    message(FATAL_ERROR "The bundled HDF5 needs zlib and libaec with their headers (on Debian: "
                        "zlib1g-dev libaec-dev); not found: ${variable}. "
                        "Without szip: -DHYPERSLAB_SZIP=OFF.")
  endif()
endforeach()

# Why this HDF5 was taken, and the hash of its source; for people, in the log and in version.info.
function(hyperslab_hdf5_reason build out)
  if(HYPERSLAB_HDF5_SOURCE)
    set(reason "of the source in HYPERSLAB_HDF5_SOURCE")
    get_filename_component(source "${HYPERSLAB_HDF5_SOURCE}" REALPATH BASE_DIR "${PROJECT_SOURCE_DIR}")
    if(NOT IS_DIRECTORY "${source}")
      file(SHA256 "${source}" hash)
      string(APPEND reason ", SHA-256 ${hash}")
    endif()
  else()
    list(JOIN HYPERSLAB_HDF5_VERSIONS ", " versions)
    set(reason "the first of ${versions} that was built or could be fetched")
    string(REGEX REPLACE "-.*" "" version "${build}")
    string(REPLACE "." "\\." version "${version}")
    file(STRINGS "${PROJECT_SOURCE_DIR}/tools/hdf5_sources.sha256" pinned REGEX "  hdf5_${version}[+.]")
    if(pinned MATCHES "^([0-9a-f]+)  (.*)$")
      string(APPEND reason ", source ${CMAKE_MATCH_2} of SHA-256 ${CMAKE_MATCH_1}")
    endif()
  endif()
  set(${out} "${reason}" PARENT_SCOPE)
endfunction()

# ---- the cached build, made when it is not there ----

include(${CMAKE_CURRENT_LIST_DIR}/BuildHDF5.cmake)
if(HYPERSLAB_MPI)
  # What parallel files alone need: the serial HDF5 does not have to be built anew for it.
  file(GLOB hyperslab_hdf5_mpi_patches CONFIGURE_DEPENDS
       "${CMAKE_CURRENT_LIST_DIR}/hdf5-1.14/mpi/*.patch")
  list(APPEND hyperslab_hdf5_patches ${hyperslab_hdf5_mpi_patches})
endif()
hyperslab_bundled_hdf5(HYPERSLAB_HDF5_PREFIX)
# The name says the version and a hash of everything that decided the build: recipe, patches, options,
# compiler, a source given by hand.
get_filename_component(HYPERSLAB_HDF5_BUILD "${HYPERSLAB_HDF5_PREFIX}" NAME)
hyperslab_hdf5_reason("${HYPERSLAB_HDF5_BUILD}" reason)
set(HYPERSLAB_HDF5_BUILD "bundled ${HYPERSLAB_HDF5_BUILD}, ${reason}")
message(STATUS "HDF5: ${HYPERSLAB_HDF5_BUILD}; in ${HYPERSLAB_HDF5_PREFIX}")

foreach(library hdf5 hdf5_hl)
  add_library(hyperslab::${library} STATIC IMPORTED)
  set_target_properties(
    hyperslab::${library}
    PROPERTIES IMPORTED_LOCATION "${HYPERSLAB_HDF5_PREFIX}/lib/lib${library}.a"
               INTERFACE_INCLUDE_DIRECTORIES "${HYPERSLAB_HDF5_PREFIX}/include")
endforeach()
target_link_libraries(hyperslab::hdf5 INTERFACE ${filter_libraries} ${CMAKE_DL_LIBS} m)
if(HYPERSLAB_MPI)
  target_link_libraries(hyperslab::hdf5 INTERFACE MPI::MPI_C)
endif()
target_link_libraries(hyperslab::hdf5_hl INTERFACE hyperslab::hdf5)
