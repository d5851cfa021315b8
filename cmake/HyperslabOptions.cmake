# How everything of ours is compiled: the interface target hyperslab_options.

option(HYPERSLAB_WERROR "Warnings are errors" OFF)
set(HYPERSLAB_SANITIZE "" CACHE STRING "Sanitizers, e.g. address,undefined or thread")

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

find_program(HYPERSLAB_CCACHE ccache)
mark_as_advanced(HYPERSLAB_CCACHE)
if(HYPERSLAB_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # The sloppiness is what ccache asks for to work with precompiled headers; the rest lets checkouts
  # in different folders share what was compiled.
  set(CMAKE_CXX_COMPILER_LAUNCHER
      "${CMAKE_COMMAND}" -E env CCACHE_SLOPPINESS=pch_defines,time_macros
      "CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}" CCACHE_NOHASHDIR=true "${HYPERSLAB_CCACHE}")
  set(CMAKE_C_COMPILER_LAUNCHER "${CMAKE_CXX_COMPILER_LAUNCHER}")
endif()

add_library(hyperslab_options INTERFACE)
target_compile_definitions(hyperslab_options INTERFACE HYPERSLAB_VERSION="${PROJECT_VERSION}")
target_compile_options(
  hyperslab_options
  INTERFACE
    -Wall
    -Wextra
    -Wpedantic
    -Wshadow
    -Wconversion # sizes read from a file must not shrink unseen
    -Wnon-virtual-dtor
    -Woverloaded-virtual
    -Wextra-semi
    -Wno-missing-field-initializers # {.chunks = ...} leaves out the others on purpose
    $<$<BOOL:${HYPERSLAB_WERROR}>:-Werror>
    # What leaves a shared library is decided when it is linked; inside, calls bind directly.
    -fno-semantic-interposition
    -fvisibility-inlines-hidden)

if(HYPERSLAB_SANITIZE)
  set(sanitize -fsanitize=${HYPERSLAB_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_compile_options(hyperslab_options INTERFACE ${sanitize})
  target_link_options(hyperslab_options INTERFACE ${sanitize})
endif()
