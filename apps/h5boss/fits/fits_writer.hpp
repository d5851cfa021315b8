// Writes a FITS file by CFITSIO: headers card by card as they are given, data as bytes.
//
// The file appears under its name when commit() is called, whole; without it nothing is left.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "h5boss/fits/card.hpp"

namespace hyperslab::apps::h5boss {

class FitsWriter {
public:
    /// \throws Error (io)
    explicit FitsWriter(const std::string& path);
    ~FitsWriter();
    FitsWriter(const FitsWriter&) = delete;
    FitsWriter& operator=(const FitsWriter&) = delete;

    /// One HDU: all cards but END, and the data, big-endian; the cards say how long they are.
    void add(const Header& header, std::span<const std::byte> data);
    void commit();

private:
    struct State;
    State* state_;
};

}  // namespace hyperslab::apps::h5boss
