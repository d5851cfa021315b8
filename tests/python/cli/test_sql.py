"""`hyperslab sql`, on files that stock h5py made, compared with NumPy and Python's sqlite3."""

import csv
import io
import json
import operator
import signal
import sqlite3
import subprocess
import time

import h5py
import hypothesis
import hypothesis.strategies as st
import numpy as np
import pytest
from run_cli import complaint, from_json, output, program, run

COLOR = h5py.enum_dtype({"RED": 0, "GREEN": 1, "BLUE": 7}, "i2")
TABLE = np.dtype(
    [
        ("ID", "i4"),
        ("OBJ", "u8"),
        ("Z", "f4"),
        ("RA", ">f8"),
        ("CLASS", "S6"),
        ("NOTE", h5py.string_dtype()),
        ("GOOD", "?"),
        ("COLOR", COLOR),
        ("POS", [("X", "f4"), ("Y", [("DEEP", "i2")])]),
        ("MAG", "f4", (5,)),
        ("COV", "i2", (2, 3)),
        ("BITS", "u1"),
    ]
)
STORAGE = {
    "contiguous": {},
    "chunked": {"chunks": (7,)},
    "compressed": {"chunks": (50,), "compression": "gzip", "shuffle": True},
    "growing": {"chunks": (16,), "maxshape": (None,)},
}


def rows(count=120, seed=0):
    random = np.random.default_rng(seed)
    table = np.zeros(count, TABLE)
    table["ID"] = np.arange(count)
    table["OBJ"] = random.integers(0, 2**64 - 1, count, dtype="u8", endpoint=True)
    table["OBJ"][:5] = [0, 2**63 - 1, 2**63, 2**63 + 1, 2**64 - 1]
    table["Z"] = random.normal(2, 1, count)
    table["RA"] = random.uniform(0, 360, count)
    table["RA"][3] = np.nan
    table["CLASS"] = random.choice([b"QSO", b"GALAXY", b"STAR", b""], count)
    table["NOTE"] = [f"é{i % 7}" for i in range(count)]
    table["GOOD"] = random.integers(0, 2, count)
    table["COLOR"] = random.choice([0, 1, 7], count)
    table["POS"]["X"] = random.normal(size=count)
    table["POS"]["Y"]["DEEP"] = random.integers(-5, 5, count)
    table["MAG"] = random.normal(20, 1, (count, 5))
    table["COV"] = random.integers(-9, 9, (count, 2, 3))
    table["BITS"] = random.integers(0, 255, count)
    return table


@pytest.fixture(params=STORAGE)
def stored(request, tmp_path):
    """A file with the table /deep/table in each kind of storage, and its rows."""
    table = rows()
    with h5py.File(tmp_path / "file.h5", "w") as file:
        file.create_dataset("deep/table", data=table, **STORAGE[request.param])
    return tmp_path / "file.h5", table


def made(tmp_path, **datasets):
    with h5py.File(tmp_path / "file.h5", "w") as file:
        for name, data in datasets.items():
            file[name.replace("__", "/")] = data
    return tmp_path / "file.h5"


def asked(file, statement):
    """The rows as lists of values."""
    return [list(row.values()) for row in from_json("sql", file, statement)]


def only(file, statement):
    """The values of the only column."""
    return [value for (value,) in asked(file, statement)]


# ---- values ----


def test_every_type_is_what_h5py_reads(stored):
    file, table = stored
    found = from_json("sql", file, "SELECT * FROM '/deep/table'")
    names = "ID OBJ Z RA CLASS NOTE GOOD COLOR POS.X POS.Y.DEEP MAG COV BITS".split()
    assert list(found[0]) == names
    column = {name: [row[name] for row in found] for name in names}
    for name in ("ID", "BITS", "COV"):
        assert column[name] == table[name].tolist()
    assert column["OBJ"] == [v if v < 2**63 else str(v) for v in table["OBJ"].tolist()]
    assert np.array_equal(np.array(column["Z"], "f4"), table["Z"])
    assert np.array_equal(np.array(column["MAG"], "f4"), table["MAG"])
    assert [np.nan if v is None else v for v in column["RA"]] == pytest.approx(
        table["RA"], rel=0, abs=0, nan_ok=True
    )
    assert column["CLASS"] == [v.decode() for v in table["CLASS"]]
    assert column["NOTE"] == [v.decode() if isinstance(v, bytes) else v for v in table["NOTE"]]
    assert column["GOOD"] == table["GOOD"].tolist()
    assert column["COLOR"] == [{0: "RED", 1: "GREEN", 7: "BLUE"}[v] for v in table["COLOR"]]
    assert column["POS.Y.DEEP"] == table["POS"]["Y"]["DEEP"].tolist()


def test_items_of_arrays_are_hidden_columns(stored):
    file, table = stored
    found = asked(file, "SELECT MAG_3, COV_1_2 FROM 'deep/table' WHERE MAG_0 > 20 AND COV_0_1 < 0")
    kept = table[(table["MAG"][:, 0] > 20) & (table["COV"][:, 0, 1] < 0)]
    assert len(kept) > 5
    assert np.array_equal(np.array([row[0] for row in found], "f4"), kept["MAG"][:, 3])
    assert [row[1] for row in found] == kept["COV"][:, 1, 2].tolist()


def test_arrays_are_json_for_functions_of_sqlite(stored):
    file, table = stored
    found = only(file, "SELECT json_extract(COV, '$[1][0]') FROM 'deep/table'")
    assert found == table["COV"][:, 1, 0].tolist()


def test_members_of_members_need_no_quotation_marks(stored):
    file, table = stored
    kept = table["ID"][table["POS"]["Y"]["DEEP"] > 1].tolist()
    assert only(file, "SELECT ID FROM 'deep/table' WHERE POS.Y.DEEP > 1") == kept
    assert only(file, "SELECT t.ID FROM 'deep/table' AS t WHERE t.\"POS.Y.DEEP\" > 1") == kept


def test_the_row_number_is_that_of_python(stored):
    file, table = stored
    for condition, part in {
        "rowid = 17": slice(17, 18),
        "rowid BETWEEN 10 AND 40": slice(10, 41),
        "rowid > 99": slice(100, None),
        "rowid >= 99 AND rowid < 110": slice(99, 110),
        "rowid < 3.5": slice(0, 4),
        "rowid > 1000": slice(0, 0),
        "rowid < 0": slice(0, 0),
        "rowid = -1": slice(0, 0),
        "rowid IN (0)": slice(0, 1),
        "5 >= rowid": slice(0, 6),
    }.items():
        found = asked(file, f"SELECT rowid, ID FROM 'deep/table' WHERE {condition}")
        assert found == [[i, i] for i in table["ID"][part].tolist()], condition


def test_rows_come_in_order_from_either_end(stored):
    file, table = stored
    assert only(file, "SELECT ID FROM 'deep/table' ORDER BY rowid LIMIT 3") == [0, 1, 2]
    backwards = only(file, "SELECT ID FROM 'deep/table' ORDER BY rowid DESC LIMIT 3")
    assert backwards == table["ID"][-1:-4:-1].tolist()


def test_groups_and_joins(stored):
    file, table = stored
    found = asked(
        file, "SELECT CLASS, count(*), sum(ID) FROM 'deep/table' GROUP BY CLASS ORDER BY CLASS"
    )
    classes = np.unique(table["CLASS"])
    assert found == [
        [c.decode(), int((table["CLASS"] == c).sum()), int(table["ID"][table["CLASS"] == c].sum())]
        for c in classes
    ]
    joined = only(
        file, "SELECT count(*) FROM 'deep/table' a JOIN 'deep/table' b ON a.CLASS = b.CLASS"
    )
    assert joined == [sum(int((table["CLASS"] == c).sum()) ** 2 for c in classes)]
    pairs = "SELECT a.ID FROM '/deep/table' a JOIN 'deep/table' b ON a.ID = b.rowid + 1"
    assert only(file, pairs + " ORDER BY a.ID") == list(range(1, len(table)))


# ---- unsigned numbers of 64 bits ----

EDGES = [0, 1, 2**53 + 1, 2**63 - 1, 2**63, 2**63 + 1, 10**19, 10**19 + 1, 2**64 - 2, 2**64 - 1]
COMPARED = {
    "=": operator.eq,
    "==": operator.eq,
    "<>": operator.ne,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@pytest.fixture(scope="module")
def edges(tmp_path_factory):
    return made(tmp_path_factory.mktemp("edges"), x=np.array(EDGES * 2, "u8")[::-1])


@pytest.mark.parametrize("sign", COMPARED)
def test_unsigned_numbers_compare_exactly(edges, sign):
    for number in [*EDGES, 5, 2**62, 12345678901234567890]:
        for literal in (f"{number}", f"'{number}'", f"000{number}"):
            kept = [v for v in EDGES if COMPARED[sign](v, number)]
            found = only(edges, f"SELECT DISTINCT value FROM x WHERE value {sign} {literal}")
            assert sorted(map(int, found)) == kept, (sign, literal)
        found = only(edges, f"SELECT DISTINCT value FROM x WHERE NOT {number} {sign} x.value")
        assert sorted(map(int, found)) == [v for v in EDGES if not COMPARED[sign](number, v)]


def test_unsigned_numbers_in_lists_ranges_and_case(edges):
    def found(condition):
        return sorted(map(int, only(edges, f"SELECT DISTINCT value FROM x WHERE {condition}")))

    assert found("value IN (1, 9223372036854775808, 18446744073709551615)") == [1, 2**63, 2**64 - 1]
    assert found("value NOT IN (18446744073709551615, 0)") == EDGES[1:-1]
    assert found("value BETWEEN 9223372036854775808 AND 10000000000000000000") == EDGES[4:7]
    assert found("value NOT BETWEEN 1 AND 18446744073709551614") == [0, 2**64 - 1]
    assert found("value > 1e19") == EDGES[7:]
    assert found("value < -1") == []
    assert found("value > 2 * 5e18") == EDGES[7:]
    assert found("value = 18446744073709551616") == []
    assert found("CASE WHEN value >= 18446744073709551614 THEN 1 ELSE 0 END") == EDGES[-2:]
    assert found("value = 18446744073709551615 OR value = 0") == [0, 2**64 - 1]
    statement = "SELECT value AS v FROM x WHERE v = 18446744073709551615"
    assert only(edges, statement) == [str(2**64 - 1)] * 2


def test_unsigned_numbers_sort_and_group_as_numbers(edges):
    ordered = only(edges, "SELECT DISTINCT value FROM x ORDER BY value")
    assert list(map(int, ordered)) == EDGES
    assert asked(edges, "SELECT min(value), max(value) FROM x") == [[0, str(2**64 - 1)]]
    pairs = only(edges, "SELECT count(*) FROM x a JOIN x b ON a.value = b.value")
    assert pairs == [4 * len(EDGES)]
    assert only(edges, "SELECT count(*) FROM (SELECT value FROM x GROUP BY value)") == [len(EDGES)]


def test_unsigned_numbers_print_exactly(edges):
    printed = output("sql", edges, "SELECT value FROM x ORDER BY value DESC LIMIT 2", "--csv")
    assert printed.split() == ["value", str(2**64 - 1), str(2**64 - 1)]


def test_large_literals_elsewhere_stay_numbers(edges):
    statement = "SELECT typeof(18446744073709551615), 1 WHERE 2e19 > 18446744073709551615"
    assert asked(edges, statement) == [["real", 1]]


# ---- random expressions ----

NUMBERS = ["ID", "Z", "RA", "POS_X", "MAG_1", "BITS", "GOOD"]
TEXTS = ["CLASS", "NOTE", "COLOR"]
comparisons = st.sampled_from(["=", "<", "<=", ">", ">=", "<>", "IS", "IS NOT"])
numbers = st.one_of(
    st.integers(-300, 300),
    st.sampled_from([0.5, 2.0, 2.25, 1e300, -0.0, 180.0, 20.5]),
    st.just("NULL"),
).map(str)
texts = st.sampled_from(["'QSO'", "'GALAXY'", "''", "'RED'", "'é3'", "'5'", "'Q'", "NULL", "7"])
plain = st.one_of(
    st.tuples(st.sampled_from(NUMBERS), comparisons, numbers).map(" ".join),
    st.tuples(st.sampled_from(NUMBERS), comparisons, st.sampled_from(NUMBERS)).map(" ".join),
    st.tuples(st.sampled_from(TEXTS), comparisons, texts).map(" ".join),
    st.tuples(st.sampled_from(NUMBERS), comparisons, st.just("'2'")).map(" ".join),
    st.tuples(numbers, comparisons, st.sampled_from(NUMBERS)).map(" ".join),
    st.tuples(st.sampled_from(NUMBERS), numbers, numbers).map(
        "{0[0]} BETWEEN {0[1]} AND {0[2]}".format
    ),
    st.tuples(st.sampled_from(NUMBERS), st.lists(numbers, max_size=4)).map(
        lambda pair: f"{pair[0]} IN ({', '.join(pair[1])})"
    ),
    st.tuples(st.sampled_from(TEXTS), st.lists(texts, max_size=4)).map(
        lambda pair: f"{pair[0]} NOT IN ({', '.join(pair[1])})"
    ),
    st.tuples(st.sampled_from(TEXTS), st.sampled_from(["'%S%'", "'_S_'", "'é%'"])).map(
        " LIKE ".join
    ),
    st.tuples(st.sampled_from([*NUMBERS, *TEXTS]), st.sampled_from(["ISNULL", "NOTNULL"])).map(
        " ".join
    ),
    st.tuples(st.sampled_from(TEXTS), texts).map("{0[0]} = {0[1]} COLLATE NOCASE".format),
    st.tuples(st.sampled_from(["rowid"]), comparisons, numbers).map(" ".join),
)
expressions = st.recursive(
    plain,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from([" AND ", " OR "]), inner).map(
            lambda parts: "(" + "".join(parts) + ")"
        ),
        inner.map("NOT ({})".format),
    ),
    max_leaves=6,
)


class Oracle:
    """The same table in Python's sqlite3."""

    def __init__(self, table):
        self.connection = sqlite3.connect(":memory:")
        self.connection.execute(
            "CREATE TABLE t(rowid INTEGER PRIMARY KEY, ID INT, Z REAL, RA REAL, CLASS TEXT, "
            "NOTE TEXT, GOOD NUMERIC, COLOR TEXT, POS_X REAL, MAG_1 REAL, BITS INT)"
        )
        names = {0: "RED", 1: "GREEN", 7: "BLUE"}
        for i, row in enumerate(table):
            values = (
                i,
                int(row["ID"]),
                float(row["Z"]),
                float(row["RA"]),
                row["CLASS"].decode(),
                row["NOTE"],
                int(row["GOOD"]),
                names[int(row["COLOR"])],
                float(row["POS"]["X"]),
                float(row["MAG"][1]),
                int(row["BITS"]),
            )
            self.connection.execute(f"INSERT INTO t VALUES ({', '.join('?' * 11)})", values)

    def ids(self, expression):
        found = self.connection.execute(f"SELECT ID FROM t WHERE {expression} ORDER BY ID")
        return [row[0] for row in found]


@pytest.fixture(scope="module")
def random_tables(tmp_path_factory):
    table = rows(300, seed=3)
    path = tmp_path_factory.mktemp("random") / "file.h5"
    with h5py.File(path, "w") as file:
        for name, keywords in STORAGE.items():
            file.create_dataset(name, data=table, **keywords)
    return path, Oracle(table)


@hypothesis.given(expressions, st.sampled_from(list(STORAGE)))
def test_random_expressions_select_what_sqlite_selects(random_tables, expression, name):
    file, oracle = random_tables
    translated = expression.replace("POS_X", '"POS.X"')
    found = only(file, f"SELECT ID FROM {name} WHERE {translated} ORDER BY ID")
    assert found == oracle.ids(expression)


# ---- other things that are tables ----


def test_plain_datasets(tmp_path):
    file = made(
        tmp_path,
        line=np.arange(5) / 2,
        matrix=np.arange(12, dtype="i2").reshape(4, 3),
        cube=np.arange(24).reshape(2, 3, 4),
        texts=np.array([b"b", b"a"]),
        one=7,
        none=np.zeros(0, "f4"),
    )
    assert only(file, "SELECT value FROM line WHERE value >= 1") == [1, 1.5, 2]
    assert asked(file, "SELECT * FROM matrix") == [[0, 1, 2], [3, 4, 5], [6, 7, 8], [9, 10, 11]]
    assert only(file, "SELECT value_1 FROM matrix WHERE value_2 > 5") == [7, 10]
    assert only(file, "SELECT value FROM cube") == np.arange(24).reshape(2, 3, 4).tolist()
    assert only(file, "SELECT value FROM texts ORDER BY 1") == ["a", "b"]
    assert only(file, "SELECT value FROM one") == [7]
    assert asked(file, "SELECT * FROM none") == []
    assert output("sql", file, "SELECT * FROM none", "--json") == "[]\n"


def test_a_group_of_equal_length_datasets(tmp_path):
    file = made(
        tmp_path,
        cols__a=np.arange(4),
        cols__b=np.array([b"x", b"y", b"x", b""]),
        cols__image=np.zeros((2, 2)),
        odd__a=np.arange(3),
        odd__b=np.arange(4),
        empty__image=np.zeros((2, 2)),
    )
    assert asked(file, "SELECT * FROM cols WHERE b = 'x'") == [[0, "x"], [2, "x"]]
    assert "a has 3 elements and b has 4" in complaint("sql", file, "SELECT * FROM odd")
    assert "no dataset of one dimension" in complaint("sql", file, "SELECT * FROM '/empty'")


def test_wide_and_strange_columns(tmp_path):
    wide = np.zeros(2, [(f"c{i}", "f4", (40,)) for i in range(60)])
    wide["c59"][1, 39] = 2.5
    names = np.zeros(2, [("a", "i4"), ("A", "i4"), ('q"x', "f8"), ("select", "i1"), ("x y", "u2")])
    names["A"] = [3, 4]
    file = made(tmp_path, wide=wide, names=names, broad=np.ones((2, 1500), "i1"))
    assert len(from_json("sql", file, "SELECT * FROM wide")[0]) == 60
    assert only(file, "SELECT json_extract(c59, '$[39]') FROM wide") == [0, 2.5]
    assert list(from_json("sql", file, "SELECT * FROM names")[0]) == [
        "a",
        "A_2",
        'q"x',
        "select",
        "x y",
    ]
    assert only(file, "SELECT A_2 FROM names") == [3, 4]
    assert only(file, 'SELECT "x y" + "select" FROM names') == [0, 0]
    assert only(file, "SELECT json_array_length(value) FROM broad") == [1500, 1500]


def test_sequences_complex_numbers_and_opaque_values(tmp_path):
    with h5py.File(tmp_path / "file.h5", "w") as file:
        sequences = file.create_dataset("vlen", (3,), h5py.vlen_dtype("i4"))
        sequences[0], sequences[2] = [1, 2], [3]
        file["complex"] = np.array([1 + 2j, -1j])
        file["opaque"] = np.array([b"\x01\x02"], "V2")
        file["half"] = np.array([0.5, np.inf, -np.inf], "f2")
        file["times"] = np.array([5], "M8[s]").astype(h5py.opaque_dtype("M8[s]"))
    path = tmp_path / "file.h5"
    assert only(path, "SELECT value FROM vlen") == [[1, 2], [], [3]]
    assert asked(path, "SELECT * FROM complex") == [[1, 2], [0, -1]]
    assert only(path, "SELECT value FROM opaque") == ["0102"]
    assert only(path, "SELECT value FROM half") == [0.5, "Infinity", "-Infinity"]
    assert len(only(path, "SELECT value FROM times")) == 1


def test_more_rows_than_a_block(tmp_path):
    values = np.random.default_rng(1).integers(0, 1000, 300_000).astype("u2")
    table = np.zeros(len(values), [("v", "u2"), ("pad", "S60")])
    table["v"] = values
    with h5py.File(tmp_path / "file.h5", "w") as file:
        file["plain"] = table
        file.create_dataset("chunked", data=table, chunks=(1000,), compression="gzip")
    for name in ("plain", "chunked"):
        found = only(tmp_path / "file.h5", f"SELECT rowid FROM {name} WHERE v = 77")
        assert found == np.flatnonzero(values == 77).tolist()
        counted = asked(tmp_path / "file.h5", f"SELECT count(*), sum(v) FROM {name}")
        assert counted == [[len(values), int(values.sum())]]


# ---- output ----


def test_text_is_aligned(tmp_path):
    table = np.array([(1, b"long name", 0.1), (100, b"x", np.nan)], "i4,S9,f4")
    file = made(tmp_path, t=table)
    assert output("sql", file, "SELECT f0 AS n, f1 AS name, f2 AS f FROM t").splitlines() == [
        "  n  name         f",
        "  1  long name  0.1",
        "100  x",
    ]


def test_csv_is_what_programs_read(tmp_path):
    texts = ["a,b", 'say "x"', "two\nlines", "", "é"]
    file = made(tmp_path, t=np.array(texts, h5py.string_dtype()), f=np.array([np.nan, 0.1]))
    printed = output("sql", file, "SELECT value AS 'v,w', rowid FROM t", "--csv")
    assert list(csv.reader(io.StringIO(printed, newline=""))) == [
        ["v,w", "rowid"],
        *[[text, str(i)] for i, text in enumerate(texts)],
    ]
    assert output("sql", file, "SELECT value, 1 AS one FROM f", "--csv").splitlines() == [
        "value,one",
        ",1",
        "0.1,1",
    ]


def test_json_keys_are_distinct(tmp_path):
    file = made(tmp_path, t=np.arange(2))
    found = from_json("sql", file, "SELECT a.value, b.value FROM t a JOIN t b USING (value)")
    assert found == [{"value": 0, "value_2": 0}, {"value": 1, "value_2": 1}]


def test_files_are_chosen_by_their_suffix(stored, tmp_path):
    file, table = stored
    statement = (
        "SELECT ID, OBJ, Z, CLASS, GOOD, RA, Z * 2 AS zz, BITS FROM 'deep/table' WHERE Z > 2"
    )
    kept = table[table["Z"] > 2]
    for suffix in ("csv", "json", "hdf5", "h5"):
        assert output("sql", file, statement, "--output", tmp_path / f"out.{suffix}") == ""
    with (tmp_path / "out.csv").open(newline="") as lines:
        assert [int(row["OBJ"]) for row in csv.DictReader(lines)] == kept["OBJ"].tolist()
    assert [row["ID"] for row in json.loads((tmp_path / "out.json").read_text())] == kept[
        "ID"
    ].tolist()
    with h5py.File(tmp_path / "out.hdf5") as result:
        written = result["query"][:]
        assert result["query"].attrs["sql"] == statement
    for name in ("ID", "OBJ", "Z", "CLASS", "GOOD", "BITS"):
        assert np.array_equal(written[name], kept[name])
    assert np.array_equal(written["RA"], kept["RA"], equal_nan=True)
    assert written["zz"].tolist() == (kept["Z"].astype("f8") * 2).tolist()
    assert [written.dtype[name] for name in ("ID", "OBJ", "Z", "GOOD", "BITS", "zz")] == [
        np.dtype(code) for code in ("i4", "u8", "f4", "?", "u1", "f8")
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "file.h5",
        "out.csv",
        "out.h5",
        "out.hdf5",
        "out.json",
    ]


def test_hdf5_of_no_rows_and_of_missing_values(tmp_path):
    file = made(tmp_path, t=np.arange(3, dtype="i2"))
    target = tmp_path / "out.hdf5"
    output("sql", file, "SELECT value FROM t WHERE value > 5", "--output", target)
    with h5py.File(target) as result:
        assert result["query"].shape == (0,)
    output(
        "sql",
        file,
        "SELECT nullif(value, 1) AS n, iif(value, 'é', NULL) AS s FROM t",
        "--output",
        target,
    )
    with h5py.File(target) as result:
        written = result["query"][:]
    assert np.array_equal(written["n"], [0, np.nan, 2], equal_nan=True)
    assert [s.decode() for s in written["s"]] == ["", "é", "é"]


# ---- what goes wrong ----


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("SELEC 1", 'near "SELEC": syntax error'),
        ("SELECT x FROM t", "no such column: x"),
        ('SELECT "x" FROM t', 'no such column: x|no such column: "x"'),  # by version
        ("SELECT * FROM absent", "There is no table absent"),
        ("SELECT * FROM '/no/way'", "There is no table /no/way"),
        ("SELECT nofunction(value) FROM t", "no such function"),
        ("SELECT * FROM t WHERE", "incomplete input"),
        ("SELECT * FROM t; SELECT 1", "one statement"),
        ("", "is empty"),
        ("-- nothing", "is empty"),
        ("DELETE FROM t", "may not be modified|Only queries"),
        ("DROP TABLE t", "Only queries"),
        ("CREATE TABLE x(a)", "Only queries"),
        ("ATTACH 'x.db' AS x", "Only queries"),
        ("PRAGMA user_version", "Only queries"),
        ("SELECT load_extension('x')", "Only queries|not authorized"),
        ("SELECT * FROM t WHERE value = 'a", "unrecognized token"),
        ("SELECT count(*) FROM null_space", "null dataspace"),
    ],
)
def test_a_wrong_statement_is_one_line(tmp_path, statement, reason):
    with h5py.File(tmp_path / "file.h5", "w") as file:
        file["t"] = np.arange(3)
        file["null_space"] = h5py.Empty("f4")
    before = (tmp_path / "file.h5").read_bytes()
    said = complaint("sql", tmp_path / "file.h5", statement)
    assert any(part in said for part in reason.split("|")), said
    assert (tmp_path / "file.h5").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["file.h5"]


def test_files_that_cannot_be_read(tmp_path):
    (tmp_path / "text.h5").write_text("no HDF5")
    complaint("sql", tmp_path / "text.h5", "SELECT 1")
    complaint("sql", tmp_path / "missing.h5", "SELECT 1")


def test_outputs_that_cannot_be_written(tmp_path):
    file = made(tmp_path, t=np.arange(3))
    assert "must be .csv, .json or .hdf5" in complaint(
        "sql", file, "SELECT 1", "--output", tmp_path / "out.txt"
    )
    for name in ("out.csv", "out.hdf5"):
        complaint("sql", file, "SELECT 1", "--output", tmp_path / "no folder" / name)
    complaint("sql", file, "SELECT * FROM t", "--csv", "--json", status=2)


def test_a_failing_query_leaves_the_old_output(tmp_path):
    file = made(tmp_path, t=np.arange(3))
    for name in ("out.csv", "out.json", "out.hdf5"):
        (tmp_path / name).write_text("old")
        statement = "SELECT abs(-9223372036854775807 - value) FROM t"
        assert "integer overflow" in complaint("sql", file, statement, "--output", tmp_path / name)
        assert (tmp_path / name).read_text() == "old"
    assert len(list(tmp_path.iterdir())) == 4


def test_damaged_elements_are_reported(tmp_path):
    with h5py.File(tmp_path / "file.h5", "w") as file:
        data = file.create_dataset("t", data=np.arange(1000), chunks=(100,), compression="gzip")
        chunk = data.id.get_chunk_info(5)
    with (tmp_path / "file.h5").open("r+b") as raw:
        raw.seek(chunk.byte_offset)
        raw.write(b"\xff" * chunk.size)
    complaint("sql", tmp_path / "file.h5", "SELECT sum(value) FROM t")


def test_ctrl_c_ends_a_long_query_and_leaves_nothing(tmp_path):
    file = made(tmp_path, t=np.arange(3000))
    statement = "SELECT count(*) FROM t a, t b, t c WHERE a.value + b.value = c.value * 7"
    for name in ("out.csv", "out.hdf5"):
        started = subprocess.Popen(
            [program(), "sql", file, statement, "--output", tmp_path / name],
            stderr=subprocess.PIPE,
            text=True,
        )
        time.sleep(0.5)
        started.send_signal(signal.SIGINT)
        _, said = started.communicate(timeout=60)
        assert started.returncode == 130
        assert said == "hyperslab: The query was interrupted\n"
    assert [path.name for path in tmp_path.iterdir()] == ["file.h5"]


def test_a_reader_that_goes_away_ends_it_quietly(tmp_path):
    file = made(tmp_path, t=np.arange(300_000))
    command = f"'{program()}' sql '{file}' 'SELECT * FROM t' --csv | head -n 1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("value\n", "")


def test_help_names_the_command():
    assert "sql" in run("--help").stdout
