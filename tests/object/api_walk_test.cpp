// Every public function with arguments that nobody should give: closed objects, those of other
// files and of files that are only read, wrong ranks and types, negative and huge numbers, empty
// views. Each call works or throws an Error that says what was wrong, and the files stay sound.
//
// HYPERSLAB_TEST_EXAMPLES says how many calls are made, others each time; 20,000 otherwise.

#include <array>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <hyperslab/native.hpp>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "object/support.hpp"

namespace walked {

struct Row {
    int id = 0;
    std::string name{};
};
HYPERSLAB_RECORD(Row, id, name);

struct Other {
    double id = 0;
    std::vector<float> values{};
};
HYPERSLAB_RECORD(Other, id, values);

}  // namespace walked

namespace hyperslab {
namespace {

using namespace std::string_literals;

const Shape kGrowing{kUnlimited};

/// A file with something of every kind.
File filled(const File& file) {
    const Group group = file.create_group("group/below");
    const Dataset numbers =
        file.create_dataset("numbers", Array<int>({4, 5}, 7), {.chunks = {2, 5}});
    file.create_dataset(
        "growing", {1.5, 2.5}, {.chunks = {4}, .max_shape = kGrowing, .filters = {deflate(1)}});
    file.create_dataset("texts", std::vector<std::string>{"a", "bc", ""});
    file.create_dataset("rows", std::vector<walked::Row>{{1, "x"}, {2, ""}, {3, "yz"}});
    file.create_dataset("one", 3);
    file.create_dataset("null", Empty{NativeType<int>::datatype()});
    file.create_dataset("reference", numbers.reference());
    file.create_dataset("standard", StandardReference(numbers));
    file.create_dataset("source", Array<int>({4, 5}, 1), {.chunks = {3, 2}});
    VirtualLayout layout({4, 5}, NativeType<int>::datatype());
    layout.map({slice(0, 3), all}, {".", "source", {4, 5}, {slice(1, 4), all}});
    layout.map(at(3), {".", "source", {4, 5}, at(0)});
    file.create_virtual_dataset("virtual", layout);
    file.create_dataset("scale", {1, 2, 3, 4}).make_scale("s");
    numbers.dims()[0].attach(file.dataset("scale"));
    file.commit("type", NativeType<double>::datatype());
    file.create_soft_link("soft", "numbers");
    file.create_soft_link("dangling", "nowhere");
    file.create_external_link("outer", "no_such_file.h5", "x");
    for (const Object& object : {Object(group), Object(numbers), Object(file)}) {
        object.attributes()["number"] = 5;
        object.attributes()["text"] = "text";
        object.attributes()["row"] = std::vector{1.5, 2.5};
        object.attributes()["null"] = Empty{NativeType<int>::datatype()};
    }
    return file;
}

/// Where the arguments come from.
class Arguments {
public:
    explicit Arguments(std::uint64_t seed) : random_(seed) {}

    void add(const File& file) {
        files_.push_back(file);
        for (const char* path :
             {"numbers", "growing", "texts", "rows", "one", "null", "reference", "virtual"}) {
            datasets_.push_back(file.dataset(path));
        }
        for (const char* path : {"standard", "source"}) {
            datasets_.push_back(file.dataset(path));
        }
        groups_.insert(groups_.end(), {file, file.group("group"), file.group("group/below")});
        objects_.push_back(file.datatype("type"));
    }
    void add_nothing() {
        files_.emplace_back();
        groups_.emplace_back();
        datasets_.emplace_back();
        objects_.emplace_back();
    }

    File file() { return one_of(files_); }
    Group group() { return one_of(groups_); }
    Dataset dataset() { return one_of(datasets_); }
    Object object() {
        switch (number(4)) {
            case 0:
                return file();
            case 1:
                return group();
            case 2:
                return one_of(objects_);
            default:
                return dataset();
        }
    }
    Attribute attribute() { return object().attributes()[attribute_name()]; }

    std::size_t number(std::size_t below) { return random_() % below; }
    std::int64_t position() {
        static const std::vector<std::int64_t> positions{
            0, 1, 2, 3, 4, 5, -1, -2, -5, -6, 9, INT64_MAX, INT64_MIN, INT64_MAX - 1, 1 << 30};
        return one_of(positions);
    }
    std::uint64_t length() {
        static const std::vector<std::uint64_t> lengths{
            0, 1, 2, 3, 4, 5, 7, kUnlimited, kUnlimited - 1, std::uint64_t{1} << 62U};
        return one_of(lengths);
    }
    Shape shape() {
        Shape shape(number(10) == 0 ? 33 : number(4));
        for (std::uint64_t& axis : shape) {
            axis = length();
        }
        return shape;
    }
    Shape small_shape() {
        Shape shape(number(3));
        for (std::uint64_t& axis : shape) {
            axis = number(6);
        }
        return shape;
    }
    std::string path() {
        static const std::vector<std::string> paths{
            "",        "/",       ".",        "..",     "numbers",    "growing",   "group/below",
            "a/b/c",   "new",     "one/x",    "soft",   "dangling/x", "outer",     "a\0b"s,
            "/group/", "//group", "\xff\xfe", "type",   "scale",      "new/below", "group",
            "texts",   "rows",    "null",     "virtual"};
        return number(20) == 0 ? std::string(70000, 'x') : one_of(paths);
    }
    std::string attribute_name() {
        static const std::vector<std::string> names{
            "number", "text", "row", "null", "new", "", "a\0b"s, "\xff", "new/x", "none"};
        return one_of(names);
    }
    Index index() {
        switch (number(7)) {
            case 0:
                return at(position());
            case 1:
                return slice(position(), position(), position());
            case 2:
                return slice(position(), position());
            case 3:
                return multi_block(length(), length(), length(), length());
            case 4:
                return indices({position(), position()});
            case 5:
                return mask(std::vector<std::uint8_t>(number(6), 1));
            default:
                return ellipsis;
        }
    }
    IndexExpression expression() {
        IndexExpression made;
        for (std::size_t i = number(4); i > 0; --i) {
            made.push_back(number(3) == 0 ? Index(all) : index());
        }
        return made;
    }
    Selection selection() {
        switch (number(4)) {
            case 0:
                return Selection::all(small_shape());
            case 1:
                return Selection::none(shape());
            case 2:
                return resolve(expression(), small_shape());
            default:
                return Selection::hyperslab(shape(), shape(), shape(), shape(), shape());
        }
    }
    Datatype type() {
        static const std::vector<Datatype> types{
            NativeType<int>::datatype(),
            NativeType<double>::datatype(),
            Datatype::variable_string(),
            Datatype::fixed_string(3),
            NativeType<walked::Row>::datatype(),
            Datatype::vlen(NativeType<short>::datatype()),
            Datatype::array(NativeType<int>::datatype(), {2, 3}),
            Datatype::boolean(),
            Datatype::reference(ReferenceKind::object),
            Datatype::reference(ReferenceKind::standard),
            Datatype::opaque(5, "tag"),
        };
        return one_of(types);
    }
    DatasetOptions options() {
        DatasetOptions made;
        if (number(2) == 0) {
            made.chunks = number(2) == 0 ? shape() : small_shape();
        }
        if (number(4) == 0) {
            made.max_shape = shape();
        }
        if (number(4) == 0) {
            made.filters = {number(2) == 0 ? deflate(static_cast<int>(number(12))) : shuffle()};
        }
        if (number(4) == 0) {
            made.fill_value = number(2) == 0 ? fill_value(3) : fill_value("text");
        }
        made.compact = number(8) == 0;
        made.guess_chunks = number(8) == 0;
        return made;
    }

private:
    template <class T>
    T one_of(const std::vector<T>& values) {
        return values.at(number(values.size()));
    }

    std::mt19937_64 random_;
    std::vector<File> files_;
    std::vector<Group> groups_;
    std::vector<Dataset> datasets_;
    std::vector<Object> objects_;
};

using Call = std::function<void(Arguments&)>;

/// With everything that is made taken away again, so that the files stay as they were.
template <class Make>
void make_and_remove(Arguments& with, Make&& make) {
    const Group group = with.group();
    const std::string path = with.path();
    if (group.valid() && !group.contains(path)) {
        make(group, path);
        if (!path.empty()) {
            group.remove(path);
        }
    } else {
        make(group, path);
    }
}

template <class T>
void read_as(Arguments& with) {
    const Dataset dataset = with.dataset();
    switch (with.number(6)) {
        case 0:
            static_cast<void>(dataset.read<T>(with.expression()));
            break;
        case 1:
            static_cast<void>(dataset.read<T>(with.selection()));
            break;
        case 2:
            static_cast<void>(dataset.get<T>(with.expression()));
            break;
        case 3: {
            Array<T> target(with.small_shape());
            dataset.read_into(target, with.expression());
            break;
        }
        case 4:
            static_cast<void>(dataset.explain<T>(with.expression()));
            break;
        default:
            static_cast<void>(with.attribute().template read<T>());
    }
}

template <class T>
void write_as(Arguments& with, const T& value) {
    const Dataset dataset = with.dataset();
    switch (with.number(5)) {
        case 0:
            dataset.write(value, with.expression());
            break;
        case 1:
            dataset.write(std::vector<T>(with.number(6), value), with.expression());
            break;
        case 2:
            dataset.write(Array<T>(with.small_shape(), value), with.selection());
            break;
        case 3:
            dataset.set(value, with.expression());
            break;
        default:
            dataset.append(std::vector<T>(with.number(6), value), with.number(4));
    }
}

const std::vector<Call>& reading_calls() {
    static const std::vector<Call> calls{
        read_as<int>,
        read_as<double>,
        read_as<std::string>,
        read_as<walked::Row>,
        read_as<walked::Other>,
        read_as<std::array<int, 5>>,
        read_as<std::vector<double>>,
        read_as<ObjectReference>,
        read_as<StandardReference>,
        read_as<std::optional<int>>,
        [](Arguments& with) {
            std::vector<float> row(with.number(6));
            with.dataset().read_into(row, with.expression());
        },
        [](Arguments& with) {
            with.dataset().read_into(StridedView<int>(nullptr, {0, 5}), with.expression());
        },
        [](Arguments& with) { with.dataset().read_elements(with.expression(), {"id"}); },
        [](Arguments& with) { with.dataset().read_elements(with.expression()); },
        [](Arguments& with) { with.dataset().field("id").read<int>(with.expression()); },
        [](Arguments& with) { with.dataset().field(with.path()).datatype(); },
        [](Arguments& with) { with.dataset().select(with.expression()); },
        [](Arguments& with) { with.dataset().shape(); },
        [](Arguments& with) { with.dataset().max_shape(); },
        [](Arguments& with) { with.dataset().bytes(); },
        [](Arguments& with) { with.dataset().storage_bytes(); },
        [](Arguments& with) { with.dataset().datatype(); },
        [](Arguments& with) { with.dataset().options(); },
        [](Arguments& with) { with.dataset().virtual_sources(); },
        [](Arguments& with) { with.dataset().stored_chunks(); },
        [](Arguments& with) { with.dataset().read_raw_chunk(with.shape()); },
        [](Arguments& with) { with.dataset().fill_value(); },
        [](Arguments& with) { with.dataset().dims()[with.number(4)].scales(); },
        [](Arguments& with) { with.dataset().dims()[with.number(4)].scale(with.path()); },
        [](Arguments& with) { with.dataset().dims()[0].is_attached(with.dataset()); },
        [](Arguments& with) {
            for (const Selection& piece : with.dataset().chunk_range(with.expression())) {
                piece.element_count();
            }
        },
        [](Arguments& with) { with.group()[with.path()]; },
        [](Arguments& with) { with.group().find(with.path()); },
        [](Arguments& with) { with.group().dataset(with.path()); },
        [](Arguments& with) { with.group().group(with.path()); },
        [](Arguments& with) { with.group().datatype(with.path()); },
        [](Arguments& with) { with.group().contains(with.path()); },
        [](Arguments& with) { with.group().link(with.path()); },
        [](Arguments& with) { with.group().links(); },
        [](Arguments& with) { with.group().names(); },
        [](Arguments& with) { with.group().visit([](const auto&, const auto&) {}); },
        [](Arguments& with) { with.group().visit_links([](const auto&, const auto&) {}); },
        [](Arguments& with) { Group(with.object()).size(); },
        [](Arguments& with) { Dataset(with.object()).size(); },
        [](Arguments& with) { with.object().name(); },
        [](Arguments& with) { with.object().parent(); },
        [](Arguments& with) { with.object().info(); },
        [](Arguments& with) { with.object().hash(); },
        [](Arguments& with) { static_cast<void>(with.object() == with.object()); },
        [](Arguments& with) { with.object().dereference(with.object().reference()); },
        [](Arguments& with) {
            ObjectReference wrong;
            wrong.bytes.fill(static_cast<std::byte>(with.number(256)));
            with.object().dereference(wrong);
        },
        [](Arguments& with) { StandardReference(with.object(), with.attribute_name()).object(); },
        [](Arguments& with) { StandardReference(with.dataset(), with.selection()).region(); },
        [](Arguments& with) { with.attribute().get<int>(); },
        [](Arguments& with) { with.attribute().get<std::string>(); },
        [](Arguments& with) { with.attribute().get<std::vector<double>>(); },
        [](Arguments& with) { with.attribute().read_elements(); },
        [](Arguments& with) { with.object().attributes().get_or(with.attribute_name(), 4); },
        [](Arguments& with) { with.file().image(); },
        [](Arguments& with) { with.file().mode(); },
        [](Arguments& with) { with.file().file_bytes(); },
        [](Arguments& with) { native::id(with.object()); },
        [](Arguments& with) { native::creation_list(with.object()); },
        [](Arguments& with) { native::access_list(with.object()); },
        [](Arguments& with) { with.selection().result_shape(); },
    };
    return calls;
}

const std::vector<Call>& writing_calls() {
    static const std::vector<Call> calls{
        [](Arguments& with) { write_as(with, 7); },
        [](Arguments& with) { write_as(with, 1e300); },
        [](Arguments& with) { write_as(with, "text"s); },
        [](Arguments& with) { write_as(with, "a\0b"s); },
        [](Arguments& with) { write_as(with, walked::Row{4, "w"}); },
        [](Arguments& with) { write_as(with, walked::Other{4, {1, 2}}); },
        [](Arguments& with) { write_as(with, std::vector<double>{1, 2}); },
        [](Arguments& with) { write_as(with, std::array<int, 5>{1, 2}); },
        [](Arguments& with) { write_as(with, StandardReference()); },
        [](Arguments& with) { with.dataset().write({{1, 2, 3}, {4, 5}}); },
        [](Arguments& with) { with.dataset().resize(with.small_shape()); },
        [](Arguments& with) { with.dataset().resize(with.number(4), with.number(9)); },
        [](Arguments& with) {
            const std::vector<std::byte> bytes(with.number(64));
            with.dataset().write_raw_chunk(with.shape(), bytes, with.number(2) == 0 ? 0 : 1);
        },
        [](Arguments& with) { with.dataset().dims()[with.number(4)].attach(with.dataset()); },
        [](Arguments& with) { with.dataset().dims()[with.number(4)].detach(with.dataset()); },
        [](Arguments& with) { with.dataset().flush(); },
        [](Arguments& with) {
            make_and_remove(with, [&](const Group& group, const std::string& path) {
                group.create_dataset(path, with.type(), with.shape(), with.options());
            });
        },
        [](Arguments& with) {
            make_and_remove(with, [&](const Group& group, const std::string& path) {
                group.create_dataset(path, {1, 2, 3}, with.options());
            });
        },
        [](Arguments& with) {
            make_and_remove(with, [&](const Group& group, const std::string& path) {
                group.create_group(path);
            });
        },
        [](Arguments& with) {
            make_and_remove(with, [&](const Group& group, const std::string& path) {
                group.commit(path, with.type());
            });
        },
        [](Arguments& with) {
            make_and_remove(with, [&](const Group& group, const std::string& path) {
                group.create_hard_link(path, with.object());
            });
        },
        [](Arguments& with) {
            make_and_remove(with, [&](const Group& group, const std::string& path) {
                group.copy(with.object(), path);
            });
        },
        [](Arguments& with) {
            make_and_remove(with, [&](const Group& group, const std::string& path) {
                group.create_dataset_like(path, with.dataset());
            });
        },
        [](Arguments& with) {
            make_and_remove(with, [&](const Group& group, const std::string& path) {
                VirtualLayout layout(with.shape(), with.type(), with.shape());
                layout.map(with.expression(), {".", with.path(), with.shape(), with.expression()});
                group.create_virtual_dataset(path, layout);
            });
        },
        [](Arguments& with) { with.group().require_group(with.path()); },
        [](Arguments& with) {
            with.group().require_dataset(with.path(), with.type(), with.small_shape());
        },
        [](Arguments& with) { with.attribute() = 3; },
        [](Arguments& with) { with.attribute() = "a\0b"s; },
        [](Arguments& with) { with.attribute() = {1.5, 2.5}; },
        [](Arguments& with) { with.attribute().write(std::vector<int>(with.number(4))); },
        [](Arguments& with) { with.attribute().create(with.type(), with.small_shape(), 1); },
        [](Arguments& with) {
            with.object().attributes().rename(with.attribute_name(), with.attribute_name());
        },
        [](Arguments& with) { with.file().start_swmr_write(); },
    };
    return calls;
}

/// How often; the seed is another one for those who ask for a number.
std::pair<std::size_t, std::uint64_t> wanted() {
    const char* const examples = std::getenv("HYPERSLAB_TEST_EXAMPLES");
    return examples == nullptr ? std::pair<std::size_t, std::uint64_t>{20'000, 1}
                               : std::pair<std::size_t, std::uint64_t>{
                                     std::strtoull(examples, nullptr, 10), std::random_device{}()};
}

void try_call(const Call& call, Arguments& with) {
    try {
        call(with);
    } catch (const Error& error) {
        EXPECT_FALSE(std::string_view(error.what()).empty());
        EXPECT_EQ(std::string_view(error.what()).find("without saying why"), std::string::npos)
            << error.what();
        EXPECT_NE(error.code(), ErrorCode::internal) << error.what();
    }
}

TEST(ApiWalk, EndsInErrorsAndLeavesFilesSound) {
    const ScratchPath path("walked_read_only.h5");
    filled(File(path, Mode::create)).close();
    const File written = filled(File::in_memory());
    const File read_only(path);
    const File closed = filled(File::in_memory());
    const auto [count, seed] = wanted();
    Arguments with(seed);
    with.add(written);
    with.add(filled(File::in_memory()));
    with.add(read_only);
    with.add(closed);
    with.add_nothing();
    closed.close();
    for (std::size_t i = 0; i < count; ++i) {
        const bool reads = with.number(2) == 0;
        const std::vector<Call>& calls = reads ? reading_calls() : writing_calls();
        const std::size_t which = with.number(calls.size());
        SCOPED_TRACE((reads ? "reading call " : "writing call ") + std::to_string(which) +
                     ", round " + std::to_string(i) + ", seed " + std::to_string(seed));
        try_call(calls[which], with);
        if (testing::Test::HasFailure()) {
            return;
        }
    }
    EXPECT_EQ(read_only.dataset("numbers").read<int>(), (Array<int>({4, 5}, 7)));
    const File again = File::from_image(written.image());
    again.visit(
        [](const std::string& name, const Object& object) { EXPECT_TRUE(object.valid()) << name; });
}

// ---- objects of a closed file: one code ----

TEST(ClosedObjects, GiveOneCode) {
    const File file = filled(File::in_memory());
    Arguments with(1);
    with.add(file);
    const Group group = file.group("group");
    const Dataset dataset = file.dataset("numbers");
    const Attribute attribute = dataset.attributes()["number"];
    const Field field = file.dataset("rows").field("id");
    const Dimension axis = dataset.dims()[0];
    file.close();
    EXPECT_FALSE(dataset.valid());
    const std::vector<std::function<void()>> attempts{
        [&] { dataset.read<int>(); },
        [&] { dataset.get<int>({at(0), at(0)}); },
        [&] { dataset.read<int>(Selection::all(Shape{4, 5})); },
        [&] { dataset.read_elements(); },
        [&] { dataset.explain<int>(); },
        [&] { dataset.write(1); },
        [&] { dataset.set(1, {at(0), at(0)}); },
        [&] { dataset.append(std::vector<int>(5)); },
        [&] { dataset.resize({1, 5}); },
        [&] { dataset.shape(); },
        [&] { dataset.datatype(); },
        [&] { dataset.options(); },
        [&] { dataset.chunk_range(); },
        [&] { dataset.stored_chunks(); },
        [&] { dataset.read_raw_chunk({0, 0}); },
        [&] { dataset.flush(); },
        [&] { dataset.refresh(); },
        [&] { dataset.make_scale(); },
        [&] { dataset.reference(); },
        [&] { dataset.region_reference(); },
        [&] { dataset.name(); },
        [&] { dataset.hash(); },
        [&] { field.read<int>(); },
        [&] { field.write(1); },
        [&] { axis.label(); },
        [&] { axis.scales(); },
        [&] { attribute.get<int>(); },
        [&] { attribute.exists(); },
        [&] { attribute = 1; },
        [&] { attribute.write(1); },
        [&] { dataset.attributes().names(); },
        [&] { dataset.attributes().remove("number"); },
        [&] { group.names(); },
        [&] { group["below"]; },
        [&] { group.contains("below"); },
        [&] { group.create_group("x"); },
        [&] { group.create_dataset("x", 1); },
        [&] { group.remove("below"); },
        [&] { group.move("below", "x"); },
        [&] { group.copy("below", "x"); },
        [&] { group.create_soft_link("x", "y"); },
        [&] { group.create_hard_link("x", group); },
        [&] { group.visit([](const auto&, const auto&) {}); },
        [&] { group.visit_links([](const auto&, const auto&) {}); },
        [&] { file.flush(); },
        [&] { file.mode(); },
        [&] { file.image(); },
        [&] { file.file_bytes(); },
        [&] { native::id(dataset); },
        [&] { native::creation_list(dataset); },
    };
    for (std::size_t i = 0; i < attempts.size(); ++i) {
        SCOPED_TRACE(i);
        expect_error(ErrorCode::closed, "", attempts[i]);
    }
    file.close();  // a second time says nothing
}

}  // namespace
}  // namespace hyperslab
