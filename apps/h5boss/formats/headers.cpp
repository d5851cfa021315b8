#include "h5boss/formats/headers.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <unordered_map>

namespace hyperslab::apps::h5boss {
namespace {

using Card = FixedString<kCardSize>;
using Place = FixedString<48>;

// NOLINTBEGIN(readability-identifier-naming): the columns are named as in the catalogues
struct IndexRow {
    std::int32_t FIBERID;
    std::int32_t HDU;
    Place PLACE;
    std::int64_t FIRST;
    std::int64_t COUNT;  // as wide as FIRST, so that no bytes lie between the rows
};
// NOLINTEND(readability-identifier-naming)
HYPERSLAB_RECORD(IndexRow, FIBERID, HDU, PLACE, FIRST, COUNT);

bool says_layout(std::string_view key) {
    static constexpr std::string_view kKeys[] = {"SIMPLE",
                                                 "BITPIX",
                                                 "EXTEND",
                                                 "XTENSION",
                                                 "PCOUNT",
                                                 "GCOUNT",
                                                 "COMMENT",
                                                 "HISTORY",
                                                 "END",
                                                 ""};
    return key.starts_with("NAXIS") ||
           std::find(std::begin(kKeys), std::end(kKeys), key) != std::end(kKeys);
}

}  // namespace

const Header* Headers::find(int fiber, const std::string& place) const {
    for (const StoredHeader& one : all_) {
        if (one.fiber == fiber && one.place == place) {
            return &one.header;
        }
    }
    return nullptr;
}

std::vector<const StoredHeader*> Headers::of(int fiber) const {
    std::vector<const StoredHeader*> found;
    for (const StoredHeader& one : all_) {
        if (one.fiber == fiber) {
            found.push_back(&one);
        }
    }
    std::stable_sort(
        found.begin(), found.end(), [](const auto* a, const auto* b) { return a->hdu < b->hdu; });
    return found;
}

Headers Headers::only(std::span<const int> fibers) const {
    const std::set<int> wanted(fibers.begin(), fibers.end());
    Headers result;
    for (const StoredHeader& one : all_) {
        if (one.fiber == 0 || wanted.contains(one.fiber)) {
            result.add(one);
        }
    }
    return result;
}

Headers Headers::load(const Group& plate) {
    Headers result;
    if (!plate.contains("headers/index")) {
        return result;
    }
    const Group group = plate.group("headers");
    const auto cards = group.dataset("cards").read<Card>();
    const auto order = group.dataset("order").read<std::int32_t>();
    for (const IndexRow& row : group.dataset("index").read<IndexRow>()) {
        std::vector<std::string> lines;
        for (std::int64_t i = row.FIRST; i < row.FIRST + row.COUNT; ++i) {
            const auto card = static_cast<std::size_t>(order[static_cast<std::size_t>(i)]);
            if (card >= cards.size()) {
                throw Error(ErrorCode::io, "'" + group.name() + "' names a card that is not there");
            }
            std::string line = cards[card].string();
            line.resize(kCardSize, ' ');
            lines.push_back(std::move(line));
        }
        result.add({row.FIBERID, row.HDU, row.PLACE.string(), Header(std::move(lines))});
    }
    return result;
}

void Headers::save(const Group& plate) const {
    if (all_.empty()) {
        return;
    }
    std::unordered_map<std::string_view, std::int32_t> numbers;
    std::vector<Card> cards;
    std::map<std::vector<std::int32_t>, std::int64_t> lists;
    std::vector<std::int32_t> order;
    std::vector<IndexRow> index;
    for (const StoredHeader& one : all_) {
        std::vector<std::int32_t> list;
        for (const std::string& card : one.header.cards()) {
            const auto [at, fresh] = numbers.emplace(card, static_cast<std::int32_t>(cards.size()));
            if (fresh) {
                cards.emplace_back(card);
            }
            list.push_back(at->second);
        }
        const auto count = static_cast<std::int64_t>(list.size());
        const auto [at, fresh] = lists.emplace(list, static_cast<std::int64_t>(order.size()));
        if (fresh) {
            order.insert(order.end(), list.begin(), list.end());
        }
        index.push_back({one.fiber, one.hdu, Place(one.place), at->second, count});
    }
    const Group group = plate.create_group("headers");
    group.create_dataset("cards", cards);
    group.create_dataset("order", order);
    group.create_dataset("index", index);
}

std::vector<std::string> Headers::common() const {
    std::vector<const Header*> primary;
    for (const StoredHeader& one : all_) {
        if (one.place.empty()) {
            primary.push_back(&one.header);
        }
    }
    std::vector<std::string> cards;
    if (primary.empty()) {
        return cards;
    }
    std::vector<std::set<std::string_view>> held;
    for (std::size_t i = 1; i < primary.size(); ++i) {
        held.emplace_back(primary[i]->cards().begin(), primary[i]->cards().end());
    }
    for (const std::string& card : primary.front()->cards()) {
        const bool shared = std::all_of(
            held.begin(), held.end(), [&](const auto& others) { return others.contains(card); });
        if (shared && !says_layout(card_key(card))) {
            cards.push_back(card);
        }
    }
    return cards;
}

std::vector<std::string> cards_of_attributes(const Object& object) {
    std::vector<std::string> cards;
    for (const auto& [name, attribute] : object.attributes()) {
        if (!attribute.has_value() || !attribute.shape().empty() || name.size() > 8) {
            continue;
        }
        switch (attribute.datatype().type_class()) {
            case TypeClass::integer:
                cards.push_back(make_card(name, attribute.get<std::int64_t>()));
                break;
            case TypeClass::floating:
                cards.push_back(make_card(name, attribute.get<double>()));
                break;
            case TypeClass::enumeration:
                cards.push_back(make_card(name, attribute.get<bool>()));
                break;
            case TypeClass::string:
                cards.push_back(make_card(name, attribute.get<std::string>()));
                break;
            default:
                break;
        }
    }
    return cards;
}

void set_attributes(const Object& object, std::span<const std::string> cards) {
    std::set<std::string> seen;
    const Attributes attributes = object.attributes();
    for (const std::string& card : cards) {
        const std::string key(card_key(card));
        const CardValue value = card_value(card);
        if (says_layout(key) || std::holds_alternative<std::monostate>(value) ||
            !seen.insert(key).second) {
            continue;
        }
        const Attribute attribute = attributes[key];
        if (const auto* flag = std::get_if<bool>(&value)) {
            attribute = *flag;
        } else if (const auto* integer = std::get_if<std::int64_t>(&value)) {
            attribute = *integer;
        } else if (const auto* real = std::get_if<double>(&value)) {
            attribute = *real;
        } else {
            attribute = std::get<std::string>(value);
        }
    }
}

}  // namespace hyperslab::apps::h5boss
