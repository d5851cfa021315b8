# cmake -DBUILD=FOLDER -P run.cmake
#
# Uses hyperslab as other projects do: as a subfolder, fetched by CMake, and installed as a static
# library that CMake and pkg-config find. (tests/installed_package installs the shared one.)
#
# Each way compiles the library anew, so that the project's own build cannot hide what is missing.
# ccache has most of it after the first time.

cmake_minimum_required(VERSION 3.25)

set(source "${CMAKE_CURRENT_LIST_DIR}/../..")
cmake_path(ABSOLUTE_PATH source NORMALIZE)

function(run)
  execute_process(COMMAND ${ARGV} COMMAND_ERROR_IS_FATAL ANY COMMAND_ECHO STDOUT)
endfunction()

foreach(way subfolder fetched)
  message(STATUS "== ${way}")
  set(build "${BUILD}-${way}")
  run("${CMAKE_COMMAND}" -S "${CMAKE_CURRENT_LIST_DIR}" -B "${build}" -G Ninja
      -DCMAKE_BUILD_TYPE=Release "-DWAY=${way}" "-DHYPERSLAB=${source}"
      "-DFETCHCONTENT_SOURCE_DIR_HYPERSLAB=${source}")
  run("${CMAKE_COMMAND}" --build "${build}" --target program)
  run("${CMAKE_COMMAND}" -E chdir "${build}" ./program)
endforeach()

message(STATUS "== installed, static")
set(build "${BUILD}-static")
run("${CMAKE_COMMAND}" -S "${source}" --preset library -B "${build}" -DHYPERSLAB_BUILD_STATIC=ON)
run("${CMAKE_COMMAND}" --build "${build}")
run("${CMAKE_COMMAND}" "-DBUILD=${build}" -DCXX=c++ -DGENERATOR=Ninja -DMAKE_PROGRAM=ninja -P
    "${source}/tests/installed_package/run.cmake")
