# cmake -DOUTPUT=FILE -DNM=nm -DARCHIVES=a;b -P PublicSymbols.cmake
#
# Writes the linker's version script of libhyperslab: exported is what lies directly in namespace
# hyperslab. What lies in a room's namespace (hyperslab::<room>) is private, and so are HDF5's C
# functions. So the public headers need no export macro, and the rule is the one that a reader can see.

cmake_minimum_required(VERSION 3.25)

set(rooms 4core 9selection 8datatype 6filter 7storage 4hdf5 8parallel 6engine 6object)
list(JOIN rooms "|" rooms)

execute_process(COMMAND "${NM}" --defined-only --extern-only --format=posix ${ARCHIVES}
                OUTPUT_VARIABLE listing COMMAND_ERROR_IS_FATAL ANY)
# Functions (_ZN, _ZNK), and vtables, type information and names of types (_ZTV, _ZTI, _ZTS).
string(REGEX MATCHALL "_Z(N[VK]*|T[VIS]N)9hyperslab[^ \n]*" symbols "${listing}")
# A room's name followed by E is a function of that name; followed by a length, a namespace.
list(FILTER symbols EXCLUDE REGEX "^_Z(N[VK]*|T[VIS]N)9hyperslab(${rooms})[^E]")
list(REMOVE_DUPLICATES symbols)
list(JOIN symbols ";\n    " symbols)
file(WRITE "${OUTPUT}" "{\n  global:\n    ${symbols};\n  local:\n    *;\n};\n")
