# The program `hyperslab`. It carries the library inside, so that it can be copied anywhere and
# comes along in the Python wheel.

file(GLOB sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/cli/*.cpp")
if(NOT sources)
  return()
endif()
find_package(CLI11 REQUIRED)
find_package(nlohmann_json REQUIRED)

add_executable(hyperslab_cli ${sources})
set_target_properties(hyperslab_cli PROPERTIES OUTPUT_NAME hyperslab)
target_link_libraries(hyperslab_cli PRIVATE hyperslab_object hyperslab_options CLI11::CLI11
                                            nlohmann_json::nlohmann_json)
hyperslab_link_whole_hdf5(hyperslab_cli)
target_link_options(hyperslab_cli PRIVATE "-Wl,--export-dynamic-symbol=H5*")

if(SKBUILD)
  install(TARGETS hyperslab_cli DESTINATION "${SKBUILD_SCRIPTS_DIR}")
elseif(PROJECT_IS_TOP_LEVEL)
  install(TARGETS hyperslab_cli)
endif()
