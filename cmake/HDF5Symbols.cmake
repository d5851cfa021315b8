# cmake -DOUTPUT=FILE -DNM=nm -DARCHIVES=a;b -P HDF5Symbols.cmake
#
# Writes a C++ source with the table of HDF5's public functions and variables (c_symbol_table.hpp).
# Public are names as H5Dopen2 and H5open; variables end in _g, and drivers in _init.

execute_process(COMMAND "${NM}" --defined-only --extern-only --format=posix ${ARCHIVES}
                OUTPUT_VARIABLE listing COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "H5[A-Za-z0-9_]+ [TDBR] " symbols "${listing}")
list(TRANSFORM symbols REPLACE " .*" "")
list(FILTER symbols INCLUDE REGEX "^H5([A-Z]*[a-z]|[A-Z0-9]*_[A-Za-z0-9_]+_g$|FD_[a-z0-9]+_init$)")
list(FILTER symbols EXCLUDE REGEX "__")
list(REMOVE_DUPLICATES symbols)
list(SORT symbols)

list(TRANSFORM symbols REPLACE "(.+)" "    \\1[]" OUTPUT_VARIABLE declarations)
list(TRANSFORM symbols REPLACE "(.+)" "        {\"\\1\", \\1}" OUTPUT_VARIABLE entries)
list(JOIN declarations ",\n" declarations)
list(JOIN entries ",\n" entries)
file(WRITE "${OUTPUT}" "// Written by cmake/HDF5Symbols.cmake.
#include \"hdf5/c_symbol_table.hpp\"

extern \"C\" {
extern char
${declarations};
}

namespace hyperslab::hdf5 {

std::span<const CSymbol> c_symbols() {
    static constexpr CSymbol kSymbols[] = {
${entries}
    };
    return kSymbols;
}

}  // namespace hyperslab::hdf5
")
