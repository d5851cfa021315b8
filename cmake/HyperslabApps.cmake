# The programs, of which each is a folder of apps/, and what they share. A program carries the library
# inside, so that it can be copied anywhere and comes along in the Python wheel.

find_package(CLI11 REQUIRED)
find_package(nlohmann_json REQUIRED)

# An archive where there is one, so that a program needs no .so.
find_path(HYPERSLAB_SQLITE_INCLUDE sqlite3.h REQUIRED)
find_library(HYPERSLAB_SQLITE_LIBRARY NAMES libsqlite3.a sqlite3 REQUIRED)
mark_as_advanced(HYPERSLAB_SQLITE_INCLUDE HYPERSLAB_SQLITE_LIBRARY)
find_package(Threads REQUIRED)

# Queries over HDF5 in SQL: a library of its own, which knows nothing of programs.
file(GLOB sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/apps/shared/sql/*.cpp")
add_library(hyperslab_sql STATIC ${sources})
target_include_directories(hyperslab_sql PUBLIC "${PROJECT_SOURCE_DIR}/apps"
                           PRIVATE "${HYPERSLAB_SQLITE_INCLUDE}")
target_link_libraries(hyperslab_sql PUBLIC hyperslab_object hyperslab_options
                      PRIVATE nlohmann_json::nlohmann_json "${HYPERSLAB_SQLITE_LIBRARY}"
                              Threads::Threads ${CMAKE_DL_LIBS} m)

# As it is known to the programs: the public headers, and nothing behind them (check_layers.py).
file(GLOB sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/apps/shared/*.cpp")
add_library(hyperslab_apps_shared STATIC ${sources})
target_include_directories(hyperslab_apps_shared PUBLIC "${PROJECT_SOURCE_DIR}/apps")
target_link_libraries(hyperslab_apps_shared PUBLIC hyperslab_object hyperslab_options hyperslab_sql
                                                   CLI11::CLI11 nlohmann_json::nlohmann_json)

# hyperslab_app(NAME): the program NAME of the folder apps/NAME, as target hyperslab_app_NAME.
function(hyperslab_app name)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/apps/${name}/*.cpp")
  set(target hyperslab_app_${name})
  add_executable(${target} ${sources})
  set_target_properties(${target} PROPERTIES OUTPUT_NAME ${name})
  target_link_libraries(${target} PRIVATE hyperslab_apps_shared)
  hyperslab_link_whole_hdf5(${target})
  target_link_options(${target} PRIVATE "-Wl,--export-dynamic-symbol=H5*")
  if(SKBUILD)
    install(TARGETS ${target} DESTINATION "${SKBUILD_SCRIPTS_DIR}")
  elseif(PROJECT_IS_TOP_LEVEL)
    install(TARGETS ${target})
  endif()
endfunction()

hyperslab_app(hyperslab)

# h5boss reads and writes FITS by CFITSIO, of which an archive is taken, so that the program needs no
# .so. That archive could fetch files from the network and unpack bzip2; fits/no_network.cpp stands in for
# what it would need. Where CFITSIO is missing there is no h5boss, and the rest is built.
find_path(HYPERSLAB_CFITSIO_INCLUDE fitsio.h PATH_SUFFIXES cfitsio)
find_library(HYPERSLAB_CFITSIO_LIBRARY libcfitsio.a)
mark_as_advanced(HYPERSLAB_CFITSIO_INCLUDE HYPERSLAB_CFITSIO_LIBRARY)
if(HYPERSLAB_CFITSIO_INCLUDE AND HYPERSLAB_CFITSIO_LIBRARY AND HYPERSLAB_Z_LIBRARY)
  hyperslab_app(h5boss)
  target_include_directories(hyperslab_app_h5boss SYSTEM PRIVATE "${HYPERSLAB_CFITSIO_INCLUDE}")
  target_link_libraries(hyperslab_app_h5boss PRIVATE "${HYPERSLAB_CFITSIO_LIBRARY}"
                                                     "${HYPERSLAB_Z_LIBRARY}" Threads::Threads m)
else()
  message(STATUS "Programs: no CFITSIO (fitsio.h with libcfitsio.a; Debian: libcfitsio-dev), so h5boss "
                 "is not built")
endif()
