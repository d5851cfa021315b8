#include "shared/sql/statement_text.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <span>

#include "shared/sql/unsigned64.hpp"

namespace hyperslab::apps::sql {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool is_word(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           c == '$' || (static_cast<unsigned char>(c) & 0x80) != 0;
}

constexpr std::array<std::string_view, 8> kLongSigns{
    "||", "<<", ">>", "<=", ">=", "<>", "!=", "=="};

bool among(std::span<const std::string_view> words, std::string_view word) {
    return std::ranges::find(words, word) != words.end();
}

/// The end of what is between a mark and its partner; a doubled mark is a part of it.
std::size_t end_of_quoted(std::string_view text, std::size_t at, char mark) {
    for (std::size_t i = at + 1; i < text.size(); ++i) {
        if (text[i] == mark) {
            if (i + 1 < text.size() && text[i + 1] == mark && mark != ']') {
                ++i;
            } else {
                return i + 1;
            }
        }
    }
    return text.size();
}

std::size_t end_of_number(std::string_view text, std::size_t at) {
    std::size_t end = at;
    while (end < text.size() && (is_word(text[end]) || text[end] == '.' ||
                                 ((text[end] == '+' || text[end] == '-') &&
                                  (text[end - 1] == 'e' || text[end - 1] == 'E') &&
                                  !text.substr(at).starts_with("0x")))) {
        ++end;
    }
    return end;
}

/// The end of a comment or of blanks; the place itself when there is neither.
std::size_t end_of_gap(std::string_view text, std::size_t at) {
    if (is_blank(text[at])) {
        return at + 1;
    }
    if (text.substr(at).starts_with("--")) {
        return std::min(text.find('\n', at), text.size());
    }
    if (text.substr(at).starts_with("/*")) {
        const std::size_t end = text.find("*/", at + 2);
        return end == std::string_view::npos ? text.size() : end + 2;
    }
    return at;
}

Token token_at(std::string_view text, std::size_t at) {
    const char c = text[at];
    const auto until = [&](Token::Kind kind, std::size_t end) {
        return Token{kind, text.substr(at, end - at)};
    };
    if (c == '\'') {
        return until(Token::Kind::text, end_of_quoted(text, at, '\''));
    }
    if (c == '"' || c == '`') {
        return until(Token::Kind::quoted, end_of_quoted(text, at, c));
    }
    if (c == '[') {
        return until(Token::Kind::quoted, end_of_quoted(text, at, ']'));
    }
    if (is_digit(c) || (c == '.' && at + 1 < text.size() && is_digit(text[at + 1]))) {
        return until(Token::Kind::number, end_of_number(text, at));
    }
    if (is_word(c)) {
        std::size_t end = at;
        while (end < text.size() && is_word(text[end])) {
            ++end;
        }
        return until(Token::Kind::word, end);
    }
    const std::string_view two = text.substr(at, 2);
    return until(Token::Kind::sign, at + (among(kLongSigns, two) ? 2 : 1));
}

bool is_comparison(const Token& token) {
    static constexpr std::array<std::string_view, 8> kSigns{
        "=", "==", "<", ">", "<=", ">=", "<>", "!="};
    return (token.kind == Token::Kind::sign && among(kSigns, token.text)) || token.is("IS");
}

bool is_arithmetic(const Token& token) {
    static constexpr std::array<std::string_view, 10> kSigns{
        "+", "-", "*", "/", "%", "||", "&", "|", "<<", ">>"};
    return token.kind == Token::Kind::sign && among(kSigns, token.text);
}

/// Tokens of a statement in which large integers are looked at.
class Comparisons {
public:
    Comparisons(std::vector<Token> tokens, std::set<std::string> columns)
        : tokens_(std::move(tokens)), columns_(std::move(columns)) {
        for (std::size_t i = 2; i < tokens_.size(); ++i) {  // column AS name
            if (tokens_[i].is_name() && tokens_[i - 1].is("AS") && names_column(i - 2)) {
                columns_.insert(lower_case(tokens_[i].name()));
            }
        }
    }

    /// Whether the number at a token is compared with one of the columns.
    bool is_compared(std::size_t i) const {
        if (token(i + 1) && is_arithmetic(*token(i + 1))) {
            return false;
        }
        if (token(i + 1) && is_comparison(*token(i + 1)) && !is_operand(i)) {
            const std::size_t last = end_of_name(i + 2);
            if (last != kNone && names_column(last) &&
                !(token(last + 1) && is_arithmetic(*token(last + 1)))) {
                return true;
            }
        }
        const std::size_t column = left_column(i);
        return column != kNone && names_column(column) && !is_operand(start_of_name(column));
    }

private:
    static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

    const Token* token(std::size_t i) const { return i < tokens_.size() ? &tokens_[i] : nullptr; }
    bool is_sign(std::size_t i, std::string_view sign) const {
        return i < tokens_.size() && tokens_[i].text == sign;
    }
    bool names_column(std::size_t i) const {
        return i < tokens_.size() && tokens_[i].is_name() &&
               columns_.contains(lower_case(tokens_[i].name()));
    }
    /// Whether arithmetic comes before a token.
    bool is_operand(std::size_t i) const { return i > 0 && is_arithmetic(tokens_[i - 1]); }

    /// The first token of the name table.column that ends at i.
    std::size_t start_of_name(std::size_t i) const {
        while (i >= 2 && is_sign(i - 1, ".") && tokens_[i - 2].is_name()) {
            i -= 2;
        }
        return i;
    }
    std::size_t end_of_name(std::size_t i) const {
        if (!token(i) || !tokens_[i].is_name()) {
            return kNone;
        }
        while (is_sign(i + 1, ".") && token(i + 2) && tokens_[i + 2].is_name()) {
            i += 2;
        }
        return i;
    }

    /// The token before i, passing over NOT.
    std::size_t before(std::size_t i) const {
        if (i == 0) {
            return kNone;
        }
        --i;
        return i > 0 && tokens_[i].is("NOT") ? i - 1 : i;
    }

    /// The last token of what stands left of a comparison whose right side the number is.
    std::size_t left_column(std::size_t i) const {
        const std::size_t previous = before(i);
        if (previous == kNone) {
            return kNone;
        }
        if (is_comparison(tokens_[previous]) || tokens_[previous].is("BETWEEN")) {
            return before(previous);
        }
        if (tokens_[previous].is("AND")) {  // … BETWEEN x AND number
            for (std::size_t k = previous; k > 0 && !tokens_[k - 1].is("AND"); --k) {
                if (tokens_[k - 1].is("BETWEEN")) {
                    return before(k - 1);
                }
            }
            return kNone;
        }
        return left_of_list(previous);
    }

    /// The column before IN, when a token stands in the parentheses behind it.
    std::size_t left_of_list(std::size_t i) const {
        while (i > 0 && !is_sign(i, "(")) {
            if (!is_sign(i, ",") && tokens_[i].kind != Token::Kind::number &&
                tokens_[i].kind != Token::Kind::text) {
                return kNone;
            }
            --i;
        }
        return i > 1 && tokens_[i - 1].is("IN") ? before(i - 1) : kNone;
    }

    std::vector<Token> tokens_;
    std::set<std::string> columns_;
};

}  // namespace

bool Token::is(std::string_view word) const {
    return kind == Kind::word && lower_case(text) == lower_case(word);
}

std::string Token::name() const {
    if (kind != Kind::quoted && kind != Kind::text) {
        return std::string(text);
    }
    const char mark = text.front() == '[' ? ']' : text.front();
    std::string name;
    for (std::size_t i = 1; i + 1 < text.size(); ++i) {
        name += text[i];
        i += text[i] == mark ? 1 : 0;
    }
    return name;
}

std::vector<Token> tokens_of(std::string_view statement) {
    std::vector<Token> tokens;
    for (std::size_t at = 0; at < statement.size();) {
        if (const std::size_t end = end_of_gap(statement, at); end != at) {
            at = end;
            continue;
        }
        tokens.push_back(token_at(statement, at));
        at += tokens.back().text.size();
    }
    return tokens;
}

std::string lower_case(std::string_view name) {
    std::string lower(name);
    std::ranges::transform(lower, lower.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return lower;
}

std::string quoted_name(std::string_view name) {
    std::string quoted = "\"";
    for (const char c : name) {
        quoted += c == '"' ? "\"\"" : std::string(1, c);
    }
    return quoted + "\"";
}

std::string with_exact_integers(const std::string& statement, std::set<std::string> columns) {
    const std::vector<Token> tokens = tokens_of(statement);
    const Comparisons comparisons(tokens, std::move(columns));
    std::string text;
    const char* from = statement.data();
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const std::string_view number = tokens[i].text;
        if (tokens[i].kind == Token::Kind::number && is_beyond_integers(number) &&
            comparisons.is_compared(i)) {
            text.append(from, std::to_address(number.begin()));
            text += "'" + std::string(number) + "'";
            from = std::to_address(number.end());
        }
    }
    return text.append(from, statement.data() + statement.size());
}

std::string with_whole_names(const std::string& statement,
                             const std::function<bool(const std::string&)>& is_column) {
    const std::vector<Token> tokens = tokens_of(statement);
    std::string text;
    const char* from = statement.data();
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        std::string name = tokens[i].is_name() ? tokens[i].name() : "";
        std::size_t last = i;
        std::size_t whole = i;  // the end of the longest name that is a column's
        std::string longest;
        while (!name.empty() && last + 2 < tokens.size() && tokens[last + 1].text == "." &&
               tokens[last + 2].is_name()) {
            last += 2;
            name += "." + tokens[last].name();
            if (is_column(name)) {
                whole = last;
                longest = name;
            }
        }
        if (whole != i) {
            text.append(from, std::to_address(tokens[i].text.begin()));
            text += quoted_name(longest);
            from = std::to_address(tokens[whole].text.end());
            i = whole;
        }
    }
    return text.append(from, statement.data() + statement.size());
}

}  // namespace hyperslab::apps::sql
