# cmake -DOUTPUT=FILE -DNM=nm -DARCHIVES=a;b -DCOMPILER=cc -DINCLUDE=DIR
#       [-DMPI_FLAGS=-I…;…] -P HDF5Symbols.cmake
#
# Lists HDF5's public interface for those who make tables of it (src/hdf5/startup/c_symbols.cpp,
# python/hdf5_library/library.c): FUNCTION(name) for each function that its headers declare, and
# VARIABLE(name) for each identifier that the macros in them read. Sorted by name.

cmake_minimum_required(VERSION 3.25)

set(source "${OUTPUT}.c")
file(WRITE "${source}" "#include <hdf5.h>\n#include <hdf5_hl.h>\n")
execute_process(COMMAND "${COMPILER}" -E -P "-I${INCLUDE}" ${MPI_FLAGS} "${source}"
                OUTPUT_VARIABLE declarations COMMAND_ERROR_IS_FATAL ANY)
file(REMOVE "${source}")
string(REGEX MATCHALL "H5[A-Za-z0-9_]+ *\\(" functions "${declarations}")
list(TRANSFORM functions REPLACE " *\\($" "")
string(REGEX MATCHALL "hid_t +H5[A-Z]+_[A-Za-z0-9_]+_g" variables "${declarations}")
list(TRANSFORM variables REPLACE "hid_t +" "")

execute_process(COMMAND "${NM}" --defined-only --extern-only --format=posix ${ARCHIVES}
                OUTPUT_VARIABLE listing COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "H5[A-Za-z0-9_]+ [TDBR] " symbols "${listing}")
list(REMOVE_DUPLICATES symbols)
set(entries)
foreach(symbol IN LISTS symbols)
  string(REGEX REPLACE " .*" "" name "${symbol}")
  if(symbol MATCHES " T $")
    if(name IN_LIST functions)
      list(APPEND entries "${name} FUNCTION")
    endif()
  elseif(name IN_LIST variables)
    list(APPEND entries "${name} VARIABLE")
  endif()
endforeach()
list(SORT entries)
list(TRANSFORM entries REPLACE "(.+) (.+)" "\\2(\\1)")
list(JOIN entries "\n" text)
file(WRITE "${OUTPUT}" "${text}\n")
