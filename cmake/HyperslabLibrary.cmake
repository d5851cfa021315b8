# The C++ library that others link, hyperslab::hyperslab: all rooms and HDF5 in one shared object
# that keeps its own HDF5 to itself, so that it lives beside any other libhdf5 in a program.

# HDF5 whole, for programs that export its functions: filter plug-ins look them up by name. Further
# arguments are libraries of ours to take whole too.
#
# As linker options and not as CMake's WHOLE_ARCHIVE: the same archives come again, through the rooms
# that use them, and CMake 3.25 would then take them whole twice.
function(hyperslab_link_whole_hdf5 target)
  set(whole ${ARGN})
  if(HYPERSLAB_HDF5 STREQUAL "BUNDLED")
    list(APPEND whole hyperslab::hdf5_hl hyperslab::hdf5)
    target_link_options(${target} PRIVATE -Wl,-Bsymbolic)
  endif()
  list(TRANSFORM whole REPLACE "(.+)" "$<TARGET_FILE:\\1>" OUTPUT_VARIABLE archives)
  list(JOIN archives "," archives)
  target_link_libraries(${target} PRIVATE ${whole} hyperslab::hdf5_hl hyperslab::hdf5)
  if(archives)
    target_link_options(${target} PRIVATE
                        "LINKER:--whole-archive,${archives},--no-whole-archive")
  endif()
endfunction()

get_property(rooms GLOBAL PROPERTY HYPERSLAB_ROOMS)
if(NOT rooms)
  return() # nothing written yet
endif()

set(version_script "${PROJECT_BINARY_DIR}/public_symbols.map")
list(TRANSFORM rooms REPLACE "(.+)" "$<TARGET_FILE:\\1>" OUTPUT_VARIABLE archives)
add_custom_command(
  OUTPUT "${version_script}"
  COMMAND "${CMAKE_COMMAND}" "-DOUTPUT=${version_script}" "-DNM=${CMAKE_NM}"
          "-DARCHIVES=$<JOIN:${archives},$<SEMICOLON>>" -P
          "${PROJECT_SOURCE_DIR}/cmake/PublicSymbols.cmake"
  DEPENDS ${rooms} "${PROJECT_SOURCE_DIR}/cmake/PublicSymbols.cmake"
  VERBATIM)

add_library(hyperslab SHARED "${version_script}")
add_library(hyperslab::hyperslab ALIAS hyperslab)
set_target_properties(
  hyperslab
  PROPERTIES LINKER_LANGUAGE CXX
             VERSION ${PROJECT_VERSION}
             SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR}
             LINK_DEPENDS "${version_script}")
target_compile_features(hyperslab INTERFACE cxx_std_20)
target_include_directories(
  hyperslab INTERFACE $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
                      $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
target_link_libraries(hyperslab PRIVATE ${rooms} hyperslab_options)
hyperslab_link_whole_hdf5(hyperslab ${rooms})
target_link_options(hyperslab PRIVATE "-Wl,--version-script=${version_script}" -Wl,--no-undefined)
if(HYPERSLAB_HDF5 STREQUAL "BUNDLED")
  # Plug-ins that it loads call its HDF5, which nothing exports: src/hdf5/startup/plugin_binding.cpp.
  target_link_options(hyperslab PRIVATE -Wl,--wrap=dlopen)
endif()

if(SKBUILD OR NOT PROJECT_IS_TOP_LEVEL)
  return()
endif()

include(CMakePackageConfigHelpers)
set(config_folder "${CMAKE_INSTALL_LIBDIR}/cmake/hyperslab")
install(TARGETS hyperslab EXPORT hyperslab)
install(DIRECTORY "${PROJECT_SOURCE_DIR}/include/hyperslab"
        DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
install(EXPORT hyperslab NAMESPACE hyperslab:: FILE hyperslab-config.cmake
        DESTINATION "${config_folder}")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/hyperslab-config-version.cmake"
                                 COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/hyperslab-config-version.cmake"
        DESTINATION "${config_folder}")
file(RELATIVE_PATH prefix_from_pc "/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/")
configure_file("${PROJECT_SOURCE_DIR}/cmake/hyperslab.pc.in" hyperslab.pc @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/hyperslab.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION "${CMAKE_INSTALL_DOCDIR}")
install(DIRECTORY "${PROJECT_SOURCE_DIR}/licenses" DESTINATION "${CMAKE_INSTALL_DOCDIR}")
