// Tables that wait in a file for their turn, since together they are too large for the memory.
#pragma once

#include <cstdint>
#include <cstdio>
#include <mutex>

#include "h5boss/formats/table.hpp"

namespace hyperslab::apps::h5boss {

class TableSpill {
public:
    struct Kept {
        Datatype type;
        std::uint64_t offset;
        std::uint64_t bytes;
    };

    TableSpill() = default;
    ~TableSpill();
    TableSpill(const TableSpill&) = delete;
    TableSpill& operator=(const TableSpill&) = delete;

    /// Any thread may call them.
    /// \throws Error (io)
    Kept keep(const Table& table);
    Table read(const Kept& kept) const;

private:
    mutable std::mutex mutex_;
    std::FILE* file_ = nullptr;  // one without a name, which is gone with the process
    std::uint64_t end_ = 0;
};

}  // namespace hyperslab::apps::h5boss
