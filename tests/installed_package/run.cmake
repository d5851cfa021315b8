# Installs the build tree into a fresh prefix, moves the prefix away (an installed package may not
# depend on where it was first put), and builds and runs the consumer project against it.

cmake_minimum_required(VERSION 3.25)

set(work "${BUILD}/installed_package")
file(REMOVE_RECURSE "${work}")

function(run)
  execute_process(COMMAND ${ARGV} COMMAND_ERROR_IS_FATAL ANY COMMAND_ECHO STDOUT)
endfunction()

run("${CMAKE_COMMAND}" --install "${BUILD}" --prefix "${work}/first")
file(RENAME "${work}/first" "${work}/prefix")

file(GLOB_RECURSE hdf5_headers "${work}/prefix/*/H5*.h" "${work}/prefix/*/hdf5*.h")
if(hdf5_headers)
  message(FATAL_ERROR "HDF5's headers are no part of the package: ${hdf5_headers}")
endif()

file(GLOB licenses RELATIVE "${CMAKE_CURRENT_LIST_DIR}/../.."
     "${CMAKE_CURRENT_LIST_DIR}/../../LICENSE" "${CMAKE_CURRENT_LIST_DIR}/../../licenses/*")
foreach(license IN LISTS licenses)
  if(NOT EXISTS "${work}/prefix/share/doc/hyperslab/${license}")
    message(FATAL_ERROR "The installed package lacks ${license}")
  endif()
endforeach()

run("${CMAKE_COMMAND}" -S "${CMAKE_CURRENT_LIST_DIR}" -B "${work}/build" -G "${GENERATOR}"
    "-DCMAKE_MAKE_PROGRAM=${MAKE_PROGRAM}" "-DCMAKE_CXX_COMPILER=${CXX}"
    "-DCMAKE_PREFIX_PATH=${work}/prefix" "-DEXAMPLES=${CMAKE_CURRENT_LIST_DIR}/../../examples")
run("${CMAKE_COMMAND}" --build "${work}/build")
run("${CMAKE_CTEST_COMMAND}" --test-dir "${work}/build" --output-on-failure --no-tests=error)

# Those who do not use CMake: pkg-config gives the same flags, and where the library is.
find_program(PKG_CONFIG pkg-config)
if(PKG_CONFIG)
  file(GLOB_RECURSE description "${work}/prefix/*/hyperslab.pc")
  get_filename_component(folder "${description}" DIRECTORY)
  execute_process(
    COMMAND "${CMAKE_COMMAND}" -E env "PKG_CONFIG_PATH=${folder}" "${PKG_CONFIG}" --cflags --libs
            hyperslab
    OUTPUT_VARIABLE flags COMMAND_ERROR_IS_FATAL ANY)
  separate_arguments(flags UNIX_COMMAND "${flags}")
  file(WRITE "${work}/uses.cpp" "#include <hyperslab/file.hpp>\n"
                                "int main() { return hyperslab::hdf5_version().empty(); }\n")
  run("${CXX}" -std=c++20 "${work}/uses.cpp" ${flags} -o "${work}/uses")
  run("${CMAKE_COMMAND}" -E env --unset=LD_LIBRARY_PATH "${work}/uses")
endif()
