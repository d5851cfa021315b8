# The extension module hyperslab._core, and <build>/python: a folder to put on sys.path, with the
# package's Python files linked beside the module, so that an edit needs no build.

file(GLOB sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/python/binding/*.cpp")
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
set_source_files_properties("${PROJECT_SOURCE_DIR}/python/binding/module.cpp"
                            PROPERTIES COMPILE_DEFINITIONS HYPERSLAB_VERSION="${PROJECT_VERSION}")
target_link_libraries(_core PRIVATE hyperslab_object hyperslab_options)
hyperslab_link_whole_hdf5(_core)
target_link_options(_core PRIVATE "-Wl,--version-script=${PROJECT_SOURCE_DIR}/cmake/module.map")
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
  return() # the wheel takes the Python files itself
endif()

set(python_sources "${PROJECT_SOURCE_DIR}/python/hyperslab")
file(
  GLOB_RECURSE files
  RELATIVE "${python_sources}"
  CONFIGURE_DEPENDS "${python_sources}/*.py" "${python_sources}/*.pyi" "${python_sources}/py.typed"
                    "${python_sources}/METADATA")
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
