# cmake -DCXX=g++ -DINCLUDE=DIR -P run.cmake
#
# What users write wrong is told in one sentence: each file beside this one is compiled, fails with
# the error that its first line says, and with no more lines than fit a terminal.

cmake_minimum_required(VERSION 3.25)

set(most_lines 24)
file(GLOB cases "${CMAKE_CURRENT_LIST_DIR}/*.cpp")
foreach(case IN LISTS cases)
  file(STRINGS "${case}" expected LIMIT_COUNT 1)
  string(REPLACE "// error: " "" expected "${expected}")
  execute_process(COMMAND "${CXX}" -std=c++20 -Wall -fsyntax-only "-I${INCLUDE}" "${case}"
                  ERROR_VARIABLE output RESULT_VARIABLE result)
  string(REGEX MATCHALL "\n" lines "${output}")
  list(LENGTH lines count)
  get_filename_component(name "${case}" NAME)
  if(result EQUAL 0)
    message(SEND_ERROR "${name} compiles")
  elseif(NOT output MATCHES "error: [^\n]*${expected}")
    message(SEND_ERROR "${name}: no error like '${expected}':\n${output}")
  elseif(count GREATER most_lines)
    message(SEND_ERROR "${name}: ${count} lines of errors:\n${output}")
  else()
    message(STATUS "${name}: ${count} lines")
  endif()
endforeach()
