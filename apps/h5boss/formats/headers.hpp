// The FITS headers of a plate, card by card, in the plate's group `headers`.
//
// Spectra of one plate share almost all cards. So each different card is kept once:
//     headers/cards  (n,) texts of 80 characters
//     headers/order  (m,) numbers of cards, the headers one after the other
//     headers/index  (k,) table: FIBERID (0: of the plate), HDU, PLACE, FIRST, COUNT
// Equal headers share their part of `order`. PLACE says what the header belongs to: "" for the
// primary one, else the place of its data below the plate or the fibre ("coadd", "spall", "zline",
// "exposures/108341/b").
#pragma once

#include <hyperslab/hyperslab.hpp>

#include <span>
#include <string>
#include <vector>

#include "h5boss/fits/card.hpp"

namespace hyperslab::apps::h5boss {

struct StoredHeader {
    int fiber = 0;  ///< 0 for a header of the whole plate
    int hdu = 0;
    std::string place;
    Header header;
};

class Headers {
public:
    const std::vector<StoredHeader>& all() const { return all_; }
    bool empty() const { return all_.empty(); }
    void add(StoredHeader header) { all_.push_back(std::move(header)); }

    /// The header of that place, or null.
    const Header* find(int fiber, const std::string& place) const;
    /// The headers of one fibre, by HDU.
    std::vector<const StoredHeader*> of(int fiber) const;
    /// The headers of the plate and of these fibres alone.
    Headers only(std::span<const int> fibers) const;

    /// Reads what save() has written; empty for a plate without headers.
    static Headers load(const Group& plate);
    /// Writes the group `headers` of a plate; nothing when there are none.
    void save(const Group& plate) const;

    /// The cards that all primary headers have in common, without those that only say how a FITS
    /// file is laid out.
    std::vector<std::string> common() const;

private:
    std::vector<StoredHeader> all_;
};

/// The attributes of an object as cards, as far as they are single numbers, texts and truth values.
/// It is the way back from set_attributes() for H5Boss's own files, which have no group `headers`.
std::vector<std::string> cards_of_attributes(const Object& object);

/// Sets attributes on an object: those that astropy would make of the cards. Of a keyword that
/// comes twice the first card counts; COMMENT, HISTORY and the cards of the layout have none.
void set_attributes(const Object& object, std::span<const std::string> cards);

}  // namespace hyperslab::apps::h5boss
