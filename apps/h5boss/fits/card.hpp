// A card of a FITS header: 80 characters with a keyword, a value and a comment. It knows nothing of
// files.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace hyperslab::apps::h5boss {

/// The characters of a card.
inline constexpr std::size_t kCardSize = 80;

/// The value of a card. A monostate stands for a card without one (COMMENT, HISTORY).
using CardValue = std::variant<std::monostate, bool, std::int64_t, double, std::string>;

/// The keyword, without the spaces behind it.
std::string_view card_key(std::string_view card);

/// The value as FITS says it: a text between quotes, T or F, an integer, a floating-point number.
/// What is none of them is a text.
CardValue card_value(std::string_view card);

/// A card of 80 characters.
std::string make_card(std::string_view key, const CardValue& value, std::string_view comment = {});

/// The cards of one header, as they lie in the file, without END.
class Header {
public:
    Header() = default;
    explicit Header(std::vector<std::string> cards) : cards_(std::move(cards)) {}

    const std::vector<std::string>& cards() const { return cards_; }
    bool empty() const { return cards_.empty(); }

    /// The first card of that keyword, or an empty optional.
    std::optional<std::string> find(std::string_view key) const;
    /// \name The value of the first card of that keyword, or an empty optional when there is none
    /// of that kind
    ///@{
    std::optional<std::int64_t> integer(std::string_view key) const;
    std::optional<double> real(std::string_view key) const;
    std::optional<std::string> text(std::string_view key) const;
    ///@}

    void add(std::string_view key, const CardValue& value, std::string_view comment = {});
    void add_card(std::string card) { cards_.push_back(std::move(card)); }
    /// Gives the first card of that keyword another integer, or adds one. The comment stays.
    void set(std::string_view key, std::int64_t value);

    friend bool operator==(const Header&, const Header&) = default;

private:
    std::vector<std::string> cards_;
};

}  // namespace hyperslab::apps::h5boss
