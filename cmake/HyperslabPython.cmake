# The extension module hyperslab._core, and <build>/python: a folder to put on sys.path, with the
# package's Python files linked beside the module, so that an edit needs no build.

set(binding "${PROJECT_SOURCE_DIR}/python/binding")
set(patterns "${binding}/*.cpp")
foreach(room support dtypes ids elements property_lists low_level high_level arrow) # as in tools/rooms.py
  list(APPEND patterns "${binding}/${room}/*.cpp")
endforeach()
file(GLOB sources CONFIGURE_DEPENDS ${patterns})
if(NOT sources)
  return()
endif()

find_package(Python 3.10 REQUIRED COMPONENTS Interpreter Development.Module)
execute_process(
  COMMAND "${Python_EXECUTABLE}" -m nanobind --cmake_dir
  OUTPUT_VARIABLE nanobind_ROOT
  OUTPUT_STRIP_TRAILING_WHITESPACE
  ERROR_QUIET)
find_package(nanobind CONFIG)
if(NOT nanobind_FOUND)
  message(FATAL_ERROR "${Python_EXECUTABLE} has no nanobind. Run ./dev setup, or leave the Python "
                      "package out with -DHYPERSLAB_BUILD_PYTHON=OFF.")
endif()

set(package "${PROJECT_BINARY_DIR}/python/hyperslab")
nanobind_add_module(_core NB_STATIC NOMINSIZE FREE_THREADED NB_DOMAIN hyperslab
                    NB_SUPPRESS_WARNINGS ${sources})
set_target_properties(_core PROPERTIES LIBRARY_OUTPUT_DIRECTORY "${package}"
                                       LINK_DEPENDS "${PROJECT_SOURCE_DIR}/cmake/module.map")
set_property(
  SOURCE "${binding}/module.cpp"
  PROPERTY COMPILE_DEFINITIONS HYPERSLAB_VERSION="${PROJECT_VERSION}"
           HYPERSLAB_HDF5_BUILD="${HYPERSLAB_HDF5_BUILD}")
target_include_directories(_core PRIVATE "${binding}")
target_link_libraries(_core PRIVATE hyperslab_object hyperslab_arrow hyperslab_options)
hyperslab_link_whole_hdf5(_core)
target_link_options(_core PRIVATE "-Wl,--version-script=${PROJECT_SOURCE_DIR}/cmake/module.map")
if(HYPERSLAB_HDF5 STREQUAL "BUNDLED")
  target_link_options(_core PRIVATE -Wl,--wrap=dlopen) # as of the C++ library
  # HDF5's functions under their own names, which the module keeps to itself.
  add_library(hdf5_library SHARED "${PROJECT_SOURCE_DIR}/python/hdf5_library/library.c")
  hyperslab_hdf5_symbols(hdf5_library "${PROJECT_SOURCE_DIR}/python/hdf5_library/library.c")
  target_compile_definitions(
    hdf5_library PRIVATE "HYPERSLAB_MODULE=\"$<TARGET_FILE_NAME:_core>\"")
  target_link_libraries(hdf5_library PRIVATE ${CMAKE_DL_LIBS})
  # The soname is room for another: as_h5py gives copies the names that programs ask for.
  string(REPEAT "_" 80 room)
  set_target_properties(
    hdf5_library
    PROPERTIES PREFIX ""
               OUTPUT_NAME libhyperslab_hdf5
               SUFFIX ".so.1" # no suffix of modules that Python imports
               NO_SONAME ON
               LIBRARY_OUTPUT_DIRECTORY "${package}")
  target_link_options(
    hdf5_library
    PRIVATE
    "-Wl,-soname,libhyperslab_hdf5.so.1${room}"
    "-Wl,--version-script=${PROJECT_SOURCE_DIR}/cmake/hdf5_library.map"
    -Wl,--no-undefined)
  add_dependencies(_core hdf5_library)
endif()
target_precompile_headers(
  _core
  PRIVATE
  <cstdint>
  <string>
  <vector>
  <nanobind/nanobind.h>
  <nanobind/stl/optional.h>
  <nanobind/stl/pair.h>
  <nanobind/stl/shared_ptr.h>
  <nanobind/stl/string.h>
  <nanobind/stl/string_view.h>
  <nanobind/stl/tuple.h>
  <nanobind/stl/vector.h>)

if(SKBUILD)
  install(TARGETS _core LIBRARY DESTINATION hyperslab)
  if(TARGET hdf5_library)
    install(TARGETS hdf5_library LIBRARY DESTINATION hyperslab)
  endif()
  # Beside the packages, where Python looks for .pth files when it starts.
  set(as_h5py "${PROJECT_SOURCE_DIR}/python/hyperslab/_as_h5py_path")
  install(FILES "${as_h5py}/hyperslab_as_h5py.pth" "${as_h5py}/_hyperslab_as_h5py.py"
          DESTINATION "${SKBUILD_PLATLIB_DIR}")
  return() # the wheel takes the Python files itself
endif()

set(python_sources "${PROJECT_SOURCE_DIR}/python/hyperslab")
file(
  GLOB_RECURSE files
  RELATIVE "${python_sources}"
  CONFIGURE_DEPENDS "${python_sources}/*.py" "${python_sources}/*.pyi" "${python_sources}/py.typed"
                    "${python_sources}/*.pth" "${python_sources}/*.txt" "${python_sources}/PKG-INFO")
foreach(file IN LISTS files)
  get_filename_component(folder "${package}/${file}" DIRECTORY)
  file(MAKE_DIRECTORY "${folder}")
  file(CREATE_LINK "${python_sources}/${file}" "${package}/${file}" SYMBOLIC)
endforeach()
# A file that is gone from the sources must not stay importable.
file(GLOB_RECURSE links LIST_DIRECTORIES false RELATIVE "${package}" "${package}/*")
foreach(link IN LISTS links)
  if(IS_SYMLINK "${package}/${link}" AND NOT link IN_LIST files)
    file(REMOVE "${package}/${link}")
  endif()
endforeach()
