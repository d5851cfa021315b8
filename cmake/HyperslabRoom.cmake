# hyperslab_room(NAME [INSIDE folder...] [DEPENDS room...] [LIBS target...])
#
# One room of src/ is one static library, hyperslab_<name>, that links only the rooms and libraries
# its row of the table allows; a test of that room links nothing else, so a call to a room below
# does not link. (The includes are checked by tools/check_layers.py.)
#
# INSIDE names the rooms within the room: folders whose sources belong to the same library. A source
# in a folder that is not named is not compiled.
function(hyperslab_room name)
  cmake_parse_arguments(PARSE_ARGV 1 room "" "" "INSIDE;DEPENDS;LIBS")
  set(target hyperslab_${name})
  list(TRANSFORM room_DEPENDS PREPEND hyperslab_)
  set(patterns "${PROJECT_SOURCE_DIR}/src/${name}/*.cpp")
  foreach(folder IN LISTS room_INSIDE)
    list(APPEND patterns "${PROJECT_SOURCE_DIR}/src/${name}/${folder}/*.cpp")
  endforeach()
  file(GLOB sources CONFIGURE_DEPENDS ${patterns})
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
