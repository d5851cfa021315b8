# Builds HDF5 into the user's cache folder: <cache>/hdf5/<version>-<key>, where the key stands for
# everything that decides what comes out (this recipe, its options, the compiler, a source given by
# hand). A folder of that name is complete: it gets the name as the last step. One build at a time
# works in a cache, held by a lock that the system drops when the process dies.

# What HDF5 1.14 gets before it is built, one patch for each purpose; applied in the order of names.
# tools/hdf5_patches.sh shows how to change them.
file(GLOB hyperslab_hdf5_patches CONFIGURE_DEPENDS "${CMAKE_CURRENT_LIST_DIR}/hdf5-1.14/*.patch")

function(hyperslab_cache_folder out)
  if(DEFINED ENV{HYPERSLAB_CACHE})
    set(folder "$ENV{HYPERSLAB_CACHE}")
  elseif(DEFINED ENV{XDG_CACHE_HOME})
    set(folder "$ENV{XDG_CACHE_HOME}/hyperslab")
  else()
    set(folder "$ENV{HOME}/.cache/hyperslab")
  endif()
  set(${out} "${folder}" PARENT_SCOPE)
endfunction()

# The prefix of the HDF5 to use.
function(hyperslab_bundled_hdf5 out)
  set(versions ${HYPERSLAB_HDF5_VERSIONS})
  if(CMAKE_VERSION VERSION_LESS 3.26) # HDF5 2.x refuses it
    list(FILTER versions EXCLUDE REGEX "^2\\.")
  endif()

  set(options
      -DCMAKE_BUILD_TYPE=Release
      -DCMAKE_POSITION_INDEPENDENT_CODE=ON
      -DCMAKE_INSTALL_LIBDIR=lib
      -DBUILD_SHARED_LIBS=OFF
      -DBUILD_STATIC_LIBS=ON
      -DBUILD_TESTING=OFF
      -DHDF5_BUILD_HL_LIB=ON
      -DHDF5_BUILD_CPP_LIB=OFF
      -DHDF5_BUILD_TOOLS=OFF
      -DHDF5_BUILD_EXAMPLES=OFF
      -DHDF5_BUILD_UTILS=OFF # 2.x
      -DHDF5_ENABLE_Z_LIB_SUPPORT=ON # 1.14
      -DHDF5_ENABLE_ZLIB_SUPPORT=ON # 2.x
      -DHDF5_ENABLE_SZIP_SUPPORT=${HYPERSLAB_SZIP}
      -DHDF5_ENABLE_SZIP_ENCODING=${HYPERSLAB_SZIP}
      -DHDF5_DISABLE_COMPILER_WARNINGS=ON)
  set(mpi "")
  if(HYPERSLAB_MPI) # an HDF5 beside the serial one; its headers and its code know one MPI only
    list(APPEND options -DHDF5_ENABLE_PARALLEL=ON -DHDF5_ENABLE_SUBFILING_VFD=ON
         "-DMPI_C_COMPILER=${MPI_C_COMPILER}")
    set(mpi "${MPI_C_LIBRARIES}" "${MPI_C_VERSION}")
  endif()
  set(source "${HYPERSLAB_HDF5_SOURCE}")
  if(NOT source)
    set(source "$ENV{HYPERSLAB_HDF5_SOURCE}")
  endif()
  if(source)
    get_filename_component(source "${source}" REALPATH BASE_DIR "${PROJECT_SOURCE_DIR}")
    if(NOT EXISTS "${source}")
      message(FATAL_ERROR "HYPERSLAB_HDF5_SOURCE: ${source} does not exist")
    endif()
    set(versions "[0-9]*") # as a pattern: whatever its own header says
  endif()
  file(SHA256 "${CMAKE_CURRENT_FUNCTION_LIST_FILE}" recipe)
  set(patched "")
  foreach(patch IN LISTS hyperslab_hdf5_patches)
    file(SHA256 "${patch}" hash)
    list(APPEND patched ${hash})
  endforeach()
  set(decides ${recipe} ${patched} ${options} ${mpi} ${CMAKE_C_COMPILER_ID} ${CMAKE_C_COMPILER_VERSION}
              ${CMAKE_SYSTEM_PROCESSOR} ${source})
  string(SHA256 key "${decides}")
  string(SUBSTRING "${key}" 0 12 key)
  hyperslab_cache_folder(cache)
  string(APPEND cache "/hdf5")

  hyperslab_find_built_hdf5("${cache}" "${versions}" ${key} prefix)
  if(NOT prefix)
    file(MAKE_DIRECTORY "${cache}")
    file(LOCK "${cache}/lock" GUARD FUNCTION TIMEOUT 0 RESULT_VARIABLE taken)
    if(NOT taken EQUAL 0)
      message(STATUS "HDF5: another build is under way in ${cache}; waiting for it")
      file(LOCK "${cache}/lock" GUARD FUNCTION TIMEOUT 3600)
    endif()
    hyperslab_find_built_hdf5("${cache}" "${versions}" ${key} prefix) # by the one just waited for
  endif()
  if(NOT prefix)
    # Always the same folder, whatever is built: ccache knows what another patch leaves as it was.
    set(work "${cache}/building")
    file(REMOVE_RECURSE "${work}") # left by a build that was killed: this one holds the lock
    hyperslab_hdf5_source("${source}" "${versions}" "${work}" source version)
    set(prefix "${cache}/${version}-${key}")
    hyperslab_compile_hdf5("${source}" ${version} "${work}" "${options}")
    file(RENAME "${work}/prefix" "${prefix}")
    file(REMOVE_RECURSE "${work}")
  endif()
  set(${out} "${prefix}" PARENT_SCOPE)
endfunction()

function(hyperslab_find_built_hdf5 cache versions key out)
  set(found "")
  foreach(version IN LISTS versions)
    file(GLOB found "${cache}/${version}-${key}")
    if(found)
      list(GET found 0 found)
      break()
    endif()
  endforeach()
  set(${out} "${found}" PARENT_SCOPE)
endfunction()

# The unpacked source and its version: the one given, as it is, or Debian's or upstream's, mended.
function(hyperslab_hdf5_source given versions work out_source out_version)
  set(source "${given}")
  if(NOT source)
    execute_process(
      COMMAND "${PROJECT_SOURCE_DIR}/tools/fetch_hdf5_source.sh" "${work}" ${versions}
      OUTPUT_VARIABLE source
      OUTPUT_STRIP_TRAILING_WHITESPACE
      RESULT_VARIABLE failed)
    if(failed)
      list(GET versions 0 version)
      string(REGEX REPLACE "^1\\." "hdf5_1." tag "${version}") # how upstream names 1.x
      message(STATUS "HDF5: fetching upstream's tag ${tag}")
      include(FetchContent)
      FetchContent_Populate(
        hyperslab-hdf5
        GIT_REPOSITORY https://github.com/HDFGroup/hdf5.git
        GIT_TAG ${tag}
        GIT_SHALLOW ON
        SUBBUILD_DIR "${work}/fetch"
        SOURCE_DIR "${work}/source"
        BINARY_DIR "${work}/unused")
      set(source "${work}/source")
    endif()
  endif()

  if(NOT IS_DIRECTORY "${source}")
    message(STATUS "HDF5: unpacking ${source}")
    file(ARCHIVE_EXTRACT INPUT "${source}" DESTINATION "${work}/source")
    file(GLOB source "${work}/source/*/src/H5public.h" "${work}/source/src/H5public.h")
    get_filename_component(source "${source}" DIRECTORY)
    get_filename_component(source "${source}" DIRECTORY)
  endif()

  file(STRINGS "${source}/src/H5public.h" numbers REGEX "^#define H5_VERS_(MAJOR|MINOR|RELEASE) ")
  list(TRANSFORM numbers REPLACE "^#define [A-Z0-9_]+ +([0-9]+).*" "\\1")
  list(JOIN numbers "." version)
  if(NOT given AND version MATCHES "^1\\.14\\.")
    hyperslab_mend_hdf5("${source}")
  endif()
  set(${out_source} "${source}" PARENT_SCOPE)
  set(${out_version} "${version}" PARENT_SCOPE)
endfunction()

function(hyperslab_mend_hdf5 source)
  find_program(HYPERSLAB_PATCH patch REQUIRED)
  mark_as_advanced(HYPERSLAB_PATCH)
  foreach(patch IN LISTS hyperslab_hdf5_patches)
    execute_process(
      COMMAND "${HYPERSLAB_PATCH}" --strip=1 --batch --forward --silent "--input=${patch}"
      WORKING_DIRECTORY "${source}" COMMAND_ERROR_IS_FATAL ANY)
  endforeach()
endfunction()

# Configures, builds and installs into <work>/prefix.
function(hyperslab_compile_hdf5 source version work options)
  message(STATUS "HDF5 ${version}: building it once for this machine (2 to 9 minutes on 2 cores)")
  if(HYPERSLAB_SZIP)
    # HDF5 looks for a CMake package of libaec, which Debian's libaec-dev does not have.
    file(
      CONFIGURE
      OUTPUT "${work}/libaec/libaec-config.cmake"
      CONTENT
        [[
foreach(library sz aec)
  add_library(libaec::${library} UNKNOWN IMPORTED)
  set_target_properties(libaec::${library} PROPERTIES INTERFACE_INCLUDE_DIRECTORIES "@HYPERSLAB_SZIP_INCLUDE@")
endforeach()
set_property(TARGET libaec::sz PROPERTY IMPORTED_LOCATION "@HYPERSLAB_SZIP_LIBRARY@")
set_property(TARGET libaec::aec PROPERTY IMPORTED_LOCATION "@HYPERSLAB_AEC_LIBRARY@")
set(SZIP_INCLUDE_DIR "@HYPERSLAB_SZIP_INCLUDE@")
set(libaec_FOUND TRUE)
set(libsz_FOUND TRUE)
]]
      @ONLY)
    list(APPEND options "-Dlibaec_DIR=${work}/libaec")
  endif()

  set(launcher "")
  if(HYPERSLAB_CCACHE)
    set(launcher "${HYPERSLAB_CCACHE}")
  endif()
  list(
    APPEND
    options
    # Not where it will lie: 2.x looks for filter plug-ins below the prefix that it was told.
    -DCMAKE_INSTALL_PREFIX=/usr/local/hdf5
    "-DCMAKE_C_FLAGS=-ffile-prefix-map=${source}=hdf5-${version}"
    "-DCMAKE_C_COMPILER=${CMAKE_C_COMPILER}"
    "-DCMAKE_C_COMPILER_LAUNCHER=${launcher}"
    "-DCMAKE_MAKE_PROGRAM=${CMAKE_MAKE_PROGRAM}")
  execute_process(
    COMMAND "${CMAKE_COMMAND}" -S "${source}" -B "${work}/build" -G "${CMAKE_GENERATOR}" ${options}
    OUTPUT_VARIABLE log
    ERROR_VARIABLE log
    RESULT_VARIABLE failed)
  if(failed)
    message(FATAL_ERROR "HDF5 ${version} cannot be configured:\n${log}")
  endif()
  # Like the names of source files in its error messages (the flag above), the summary of its
  # configuration goes into the library: no path of this machine may get into a wheel that way.
  file(GLOB_RECURSE summaries "${work}/build/H5build_settings.c")
  foreach(summary IN LISTS summaries)
    file(READ "${summary}" text)
    string(REPLACE "${source}" "." text "${text}")
    string(REPLACE "${work}" "." text "${text}")
    file(WRITE "${summary}" "${text}")
  endforeach()
  # Its output is shown as it comes: the only sign of life for minutes.
  execute_process(COMMAND "${CMAKE_COMMAND}" --build "${work}/build" COMMAND_ERROR_IS_FATAL ANY)
  execute_process(
    COMMAND "${CMAKE_COMMAND}" -E env --unset=DESTDIR "${CMAKE_COMMAND}" --install "${work}/build"
            --prefix "${work}/prefix"
    OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
endfunction()
