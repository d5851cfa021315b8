# hyperslab_room(NAME [DEPENDS room...] [LIBS target...])
#
# One room of src/ is one static library, hyperslab_<name>, that links only the rooms and libraries
# its row of the table allows; a test of that room links nothing else, so a call to a room below
# does not link. (The includes are checked by tools/check_layers.py.)
function(hyperslab_room name)
  cmake_parse_arguments(PARSE_ARGV 1 room "" "" "DEPENDS;LIBS")
  set(target hyperslab_${name})
  list(TRANSFORM room_DEPENDS PREPEND hyperslab_)
  file(GLOB sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/src/${name}/*.cpp")
  if(sources)
    add_library(${target} STATIC ${sources})
    target_link_libraries(${target} PRIVATE hyperslab_options)
    set(scope PUBLIC)
    set_property(GLOBAL APPEND PROPERTY HYPERSLAB_ROOMS ${target})
  else()
    add_library(${target} INTERFACE) # nothing to compile yet: only a place in the order
    set(scope INTERFACE)
  endif()
  target_include_directories(${target} ${scope} "${PROJECT_SOURCE_DIR}/src"
                             "${PROJECT_SOURCE_DIR}/include")
  target_link_libraries(${target} ${scope} ${room_DEPENDS} ${room_LIBS})
endfunction()
