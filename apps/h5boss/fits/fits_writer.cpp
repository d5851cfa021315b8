#include "h5boss/fits/fits_writer.hpp"

#include <hyperslab/error.hpp>

#include <fitsio.h>
#include <unistd.h>

#include "shared/partial_files.hpp"

// From fitsio2.h, which declares them without C linkage.
extern "C" {
int ffpbyt(fitsfile* file, LONGLONG bytes, void* buffer, int* status);
}

namespace hyperslab::apps::h5boss {

struct FitsWriter::State {
    std::string path;
    std::string temporary;
    fitsfile* file = nullptr;

    void check(int status) const {
        if (status != 0) {
            char text[FLEN_STATUS] = "";
            fits_get_errstatus(status, text);
            fits_clear_errmsg();
            throw Error(ErrorCode::io, "Cannot write '" + path + "' (CFITSIO says: " + text + ")");
        }
    }
};

FitsWriter::FitsWriter(const std::string& path)
    : state_(new State{path, partial_name(path), nullptr}) {
    remove_abandoned(path);
    int status = 0;
    fits_create_diskfile(&state_->file, state_->temporary.c_str(), &status);
    try {
        state_->check(status);
    } catch (...) {
        delete state_;
        throw;
    }
}

FitsWriter::~FitsWriter() {
    if (state_->file != nullptr) {
        int status = 0;
        fits_close_file(state_->file, &status);
        ::unlink(state_->temporary.c_str());
    }
    delete state_;
}

void FitsWriter::add(const Header& header, std::span<const std::byte> data) {
    int status = 0;
    fits_create_hdu(state_->file, &status);
    for (const std::string& card : header.cards()) {
        fits_write_record(state_->file, card.c_str(), &status);
    }
    fits_set_hdustruc(state_->file, &status);
    if (!data.empty()) {
        LONGLONG head = 0;
        LONGLONG start = 0;
        LONGLONG end = 0;
        fits_get_hduaddrll(state_->file, &head, &start, &end, &status);
        ffmbyt(state_->file, start, 1 /* beyond the end, too */, &status);
        ffpbyt(state_->file,
               static_cast<LONGLONG>(data.size()),
               const_cast<std::byte*>(data.data()),
               &status);
    }
    state_->check(status);
}

void FitsWriter::commit() {
    int status = 0;
    fitsfile* const file = state_->file;
    state_->file = nullptr;
    fits_close_file(file, &status);
    if (status != 0) {
        ::unlink(state_->temporary.c_str());
    }
    state_->check(status);
    give_final_name(state_->temporary, state_->path);
}

}  // namespace hyperslab::apps::h5boss
