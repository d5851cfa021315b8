# The codec libraries of the room `filter`: hyperslab_codec_libraries to link, and
# hyperslab_codec_definitions (HYPERSLAB_HAS_<NAME>=1) to compile with.
#
# Archives where there are any, so that a wheel needs no .so. A library that is not there is no
# error: the room refuses the filters that need it, and the library engine reads those chunks.

set(hyperslab_codec_libraries "")
set(hyperslab_codec_definitions "")

function(hyperslab_codec name header)
  find_path(HYPERSLAB_${name}_INCLUDE ${header})
  set(libraries "")
  foreach(library IN LISTS ARGN)
    string(TOUPPER ${library} upper)
    find_library(HYPERSLAB_${upper}_LIBRARY NAMES lib${library}.a ${library})
    list(APPEND libraries "${HYPERSLAB_${upper}_LIBRARY}")
  endforeach()
  mark_as_advanced(HYPERSLAB_${name}_INCLUDE)
  if(HYPERSLAB_${name}_INCLUDE AND NOT libraries MATCHES "NOTFOUND")
    list(APPEND hyperslab_codec_libraries ${libraries})
    list(APPEND hyperslab_codec_definitions HYPERSLAB_HAS_${name}=1)
    set(hyperslab_codec_libraries "${hyperslab_codec_libraries}" PARENT_SCOPE)
    set(hyperslab_codec_definitions "${hyperslab_codec_definitions}" PARENT_SCOPE)
  else()
    message(STATUS "Codecs: no ${header} with its library; what needs it is left to libhdf5")
  endif()
endfunction()

hyperslab_codec(DEFLATE libdeflate.h deflate)
hyperslab_codec(ZLIB zlib.h z)
hyperslab_codec(SZIP szlib.h sz aec)
hyperslab_codec(ZSTD zstd.h zstd)
hyperslab_codec(LZ4 lz4.h lz4)
