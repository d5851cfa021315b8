# The programs, of which each is a folder of apps/, and what they share. A program carries the library
# inside, so that it can be copied anywhere and comes along in the Python wheel.

find_package(CLI11 REQUIRED)
find_package(nlohmann_json REQUIRED)

# As it is known to the programs: the public headers, and nothing behind them (check_layers.py).
file(GLOB sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/apps/shared/*.cpp")
add_library(hyperslab_apps_shared STATIC ${sources})
target_include_directories(hyperslab_apps_shared PUBLIC "${PROJECT_SOURCE_DIR}/apps")
target_link_libraries(hyperslab_apps_shared PUBLIC hyperslab_object hyperslab_options CLI11::CLI11
                                                   nlohmann_json::nlohmann_json)

# hyperslab_app(NAME): the program NAME of the folder apps/NAME, as target hyperslab_app_NAME.
function(hyperslab_app name)
  file(GLOB sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/apps/${name}/*.cpp")
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
