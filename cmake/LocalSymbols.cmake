# cmake -DOBJECT=FILE -DNM=nm -DOBJCOPY=objcopy -P LocalSymbols.cmake
#
# Makes all C symbols that an object defines local to it. C++ keeps its own: the types of exceptions
# have to be the same in all of a program, and the names are hyperslab's.

cmake_minimum_required(VERSION 3.25)

execute_process(COMMAND "${NM}" --defined-only --extern-only --format=posix "${OBJECT}"
                OUTPUT_VARIABLE listing COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "[^\n]+ [TDBRC] " symbols "\n${listing}")
list(TRANSFORM symbols REPLACE "^\n?([^ ]+) .*" "\\1")
list(FILTER symbols EXCLUDE REGEX "^_Z")
list(JOIN symbols "\n" text)
file(WRITE "${OBJECT}.local" "${text}\n")
execute_process(COMMAND "${OBJCOPY}" "--localize-symbols=${OBJECT}.local" "${OBJECT}"
                COMMAND_ERROR_IS_FATAL ANY)
