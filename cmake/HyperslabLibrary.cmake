# The C++ library that others link, hyperslab::hyperslab: all rooms and HDF5 in one file, shared or
# static, that keeps its own HDF5 to itself, so that it lives beside any other libhdf5 in a program.

if(DEFINED BUILD_SHARED_LIBS AND NOT BUILD_SHARED_LIBS)
  set(static ON)
else()
  set(static OFF)
endif()
option(HYPERSLAB_BUILD_STATIC "hyperslab::hyperslab is a static library" ${static})

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

# What all users of the library need to compile.
function(hyperslab_usage target)
  target_compile_features(${target} INTERFACE cxx_std_20)
  target_include_directories(
    ${target} INTERFACE $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
                        $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
endfunction()

function(hyperslab_shared_library target)
  add_library(${target} SHARED "${version_script}")
  set_target_properties(
    ${target}
    PROPERTIES LINKER_LANGUAGE CXX
               VERSION ${PROJECT_VERSION}
               SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR}
               LINK_DEPENDS "${version_script}")
  target_link_libraries(${target} PRIVATE ${rooms} hyperslab_options)
  hyperslab_link_whole_hdf5(${target} ${rooms})
  target_link_options(${target} PRIVATE "-Wl,--version-script=${version_script}" -Wl,--no-undefined)
  if(HYPERSLAB_HDF5 STREQUAL "BUNDLED")
    # Plug-ins that it loads call its HDF5, which nothing exports: src/hdf5/startup/plugin_binding.cpp.
    target_link_options(${target} PRIVATE -Wl,--wrap=dlopen)
  endif()
  hyperslab_usage(${target})
endfunction()

# All archives are linked into one object, in which C symbols become local: those of HDF5 and of the
# codecs. Nothing in a program meets them, and nothing else has to be linked.
function(hyperslab_static_library target)
  if(NOT HYPERSLAB_HDF5 STREQUAL "BUNDLED")
    message(FATAL_ERROR "The static library has HDF5 inside: it is not built on the system's")
  endif()
  set(object "${PROJECT_BINARY_DIR}/${target}.o")
  set(whole ${archives} $<TARGET_FILE:hyperslab::hdf5_hl> $<TARGET_FILE:hyperslab::hdf5>)
  set(codecs ${hyperslab_codec_libraries} "${HYPERSLAB_ZLIB_LIBRARY}" ${HYPERSLAB_SZIP_LIBRARY}
             ${HYPERSLAB_AEC_LIBRARY})
  list(REMOVE_DUPLICATES codecs)
  set(shared ${codecs})
  list(FILTER codecs INCLUDE REGEX "\\.a$")
  list(FILTER shared EXCLUDE REGEX "\\.a$")
  add_custom_command(
    OUTPUT "${object}"
    COMMAND "${CMAKE_LINKER}" -r --wrap=dlopen -o "${object}" --whole-archive ${whole}
            --no-whole-archive ${codecs}
    COMMAND "${CMAKE_COMMAND}" "-DOBJECT=${object}" "-DNM=${CMAKE_NM}"
            "-DOBJCOPY=${CMAKE_OBJCOPY}" -P "${PROJECT_SOURCE_DIR}/cmake/LocalSymbols.cmake"
    DEPENDS ${rooms} "${PROJECT_SOURCE_DIR}/cmake/LocalSymbols.cmake"
    COMMENT "Linking ${target}.o"
    VERBATIM)
  add_library(${target} STATIC "${object}")
  set_source_files_properties("${object}" PROPERTIES EXTERNAL_OBJECT ON GENERATED ON)
  set_target_properties(${target} PROPERTIES LINKER_LANGUAGE CXX)
  target_link_libraries(${target} INTERFACE ${shared} Threads::Threads ${CMAKE_DL_LIBS} m)
  if(HYPERSLAB_SANITIZE)
    target_link_options(${target} INTERFACE -fsanitize=${HYPERSLAB_SANITIZE})
  endif()
  hyperslab_usage(${target})
endfunction()

if(HYPERSLAB_BUILD_STATIC)
  hyperslab_static_library(hyperslab)
  # Codecs of which this machine has no archive are not inside.
  get_target_property(outside hyperslab INTERFACE_LINK_LIBRARIES)
  list(FILTER outside INCLUDE REGEX "^/")
  list(JOIN outside " " outside)
  set(pc_libs "-lhyperslab ${outside} -pthread -ldl -lm")
else()
  hyperslab_shared_library(hyperslab)
  # A program finds the library again where it was linked with it.
  set(pc_libs "-Wl,-rpath,\${libdir} -lhyperslab")
endif()
add_library(hyperslab::hyperslab ALIAS hyperslab)

if(SKBUILD OR NOT PROJECT_IS_TOP_LEVEL)
  return()
endif()

include(CMakePackageConfigHelpers)
set(config_folder "${CMAKE_INSTALL_LIBDIR}/cmake/hyperslab")
install(TARGETS hyperslab EXPORT hyperslab)
install(DIRECTORY "${PROJECT_SOURCE_DIR}/include/hyperslab"
        DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
install(EXPORT hyperslab NAMESPACE hyperslab:: FILE hyperslab-targets.cmake
        DESTINATION "${config_folder}")
configure_file("${PROJECT_SOURCE_DIR}/cmake/hyperslab-config.cmake.in" hyperslab-config.cmake @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/hyperslab-config.cmake" DESTINATION "${config_folder}")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/hyperslab-config-version.cmake"
                                 COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/hyperslab-config-version.cmake"
        DESTINATION "${config_folder}")
file(RELATIVE_PATH prefix_from_pc "/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/")
configure_file("${PROJECT_SOURCE_DIR}/cmake/hyperslab.pc.in" hyperslab.pc @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/hyperslab.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION "${CMAKE_INSTALL_DOCDIR}")
install(DIRECTORY "${PROJECT_SOURCE_DIR}/licenses" DESTINATION "${CMAKE_INSTALL_DOCDIR}")
