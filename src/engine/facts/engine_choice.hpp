// The engine by which the program wants to read and write.
#pragma once

namespace hyperslab::engine {

/// The direct engine where it is worth while (at first, unless the environment variable
/// HYPERSLAB_ENGINE names another), only the library, or the direct one wherever it can.
enum class EngineChoice { automatic, library, direct };

EngineChoice engine_choice();
void set_engine_choice(EngineChoice choice);

}  // namespace hyperslab::engine
