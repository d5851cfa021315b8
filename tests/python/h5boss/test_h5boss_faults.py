"""`h5boss` on a full disk, interrupted, killed and on several ranks, and its pictures."""

import os
import re
import resource
import signal
import subprocess
import time
import zlib

import h5py
import numpy as np
import pytest
from astropy.io import fits
from spectra import H5BOSS, NEEDS, SPECTRA, fibers_of, h5boss, ids, pmf

pytestmark = NEEDS


@pytest.fixture(scope="module")
def plate(tmp_path_factory):
    """A plate of some megabytes."""
    made = tmp_path_factory.mktemp("plate")
    h5boss("generate", "--fibers", 60, "--exposures", 1, "-o", made)
    h5boss("convert", made, "-o", made / "a.hdf5")
    return made


def commands_on(plate, folder):
    """Commands that write `folder / "out.hdf5"`, which may be there already."""
    listed = pmf(folder / "list", [(4000, 55500, fiber) for fiber in range(1, 51)])
    out = folder / "out.hdf5"
    return {
        "convert": ("convert", plate / "4000", "-o", out),
        "convert v2": ("convert", plate / "4000", "-o", out, "--format", "v2"),
        "compressed": ("convert", plate / "4000", "-o", out, "--compression", "gzip:1"),
        "subset": ("subset", plate / "a.hdf5", "-o", out, "--pmf", listed),
        "merge": ("merge", plate / "a.hdf5", "-o", out),
        "add": ("add", out, plate / "a.hdf5", listed),
    }


NAMES = ["convert", "convert v2", "compressed", "subset", "merge", "add"]


@pytest.fixture
def before(tmp_path, plate):
    """A file under the name of the output, which a failure must leave as it is."""
    out = tmp_path / "out.hdf5"
    h5boss("subset", plate / "a.hdf5", "-o", out, "--pmf", pmf(tmp_path / "x", [(4000, 55500, 3)]))
    (tmp_path / "x").unlink()
    return out.read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_a_full_disk_leaves_the_old_file(tmp_path, plate, before, name):
    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # so that writing fails, as on a full disk
        resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))

    command = [H5BOSS, *map(str, commands_on(plate, tmp_path)[name])]
    done = subprocess.run(command, capture_output=True, text=True, preexec_fn=limit)
    assert done.returncode == 1
    assert done.stderr.startswith("h5boss: ")
    assert (tmp_path / "out.hdf5").read_bytes() == before
    assert sorted(os.listdir(tmp_path)) == ["list", "out.hdf5"]


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("name", ["convert", "compressed", "add"])
def test_a_signal_leaves_the_old_file_or_the_whole_new_one(tmp_path, plate, before, name, sent):
    command = [H5BOSS, *map(str, commands_on(plate, tmp_path)[name])]
    for delay in (0.0, 0.02, 0.05, 0.1):
        (tmp_path / "out.hdf5").write_bytes(before)
        running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        time.sleep(delay)
        running.send_signal(sent)
        running.communicate(timeout=60)
        if (tmp_path / "out.hdf5").read_bytes() != before:
            with h5py.File(tmp_path / "out.hdf5") as file:  # it was quicker
                assert len([n for n in file["4000/55500"] if n.isdigit()]) in (50, 60)
    h5boss(*command[1:])
    assert sorted(os.listdir(tmp_path)) == ["list", "out.hdf5"]


def test_a_killed_conversion_of_many_plates_is_resumed(tmp_path):
    h5boss("generate", "--plates", 4, "--fibers", 20, "--exposures", 0, "-o", tmp_path / "fits")
    command = ["convert", tmp_path / "fits", "-o", tmp_path / "plates"]
    running = subprocess.Popen([H5BOSS, *map(str, command)])
    running.send_signal(signal.SIGKILL)
    running.wait()
    h5boss(*command, "--resume", "--strict")
    assert h5boss("count", tmp_path / "plates", "--strict").stdout == "80\n"
    assert len(os.listdir(tmp_path / "plates")) == 4


def test_a_folder_that_cannot_be_written_is_one_clear_failure(tmp_path, plate):
    done = h5boss("convert", plate / "4000", "-o", "/proc/none/out.hdf5", status=1)
    assert done.stderr.count("\n") == 1


# ---- pictures ----


@pytest.fixture(scope="module")
def spectra(tmp_path_factory):
    made = tmp_path_factory.mktemp("spectra") / "a.hdf5"
    h5boss("convert", *SPECTRA[:3], "-o", made)
    return made


def test_an_svg_shows_the_flux_and_the_lines(tmp_path, spectra):
    number = ids(SPECTRA[1])
    h5boss("plot", spectra, *number, "-o", tmp_path / "a.svg")
    text = (tmp_path / "a.svg").read_text()
    assert text.startswith("<svg ")
    assert "3655-55240-0026" in text
    assert "QSO" in text
    assert f"z = {fits.getdata(SPECTRA[1], 2)['Z'][0]:.4f}" in text
    assert ">Ly a<" in text  # it lies between 3600 and 10400 Angstrom at that redshift
    curves = [len(points.split()) for points in re.findall(r'points="([^"]*)"', text)]
    pixels = len(fits.getdata(SPECTRA[1], 1))
    assert max(curves) > 0.8 * pixels


def test_a_png_is_an_image(tmp_path, spectra):
    h5boss("plot", spectra, *ids(SPECTRA[1]), "-o", tmp_path / "a.png")
    data = (tmp_path / "a.png").read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = (int.from_bytes(data[i : i + 4], "big") for i in (16, 20))
    at, packed = 8, b""
    while at < len(data):
        size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        body = data[at + 8 : at + 8 + size]
        check = int.from_bytes(data[at + 8 + size : at + 12 + size], "big")
        assert zlib.crc32(kind + body) == check
        packed += body if kind == b"IDAT" else b""
        at += 12 + size
    rows = np.frombuffer(zlib.decompress(packed), "u1").reshape(height, 1 + 3 * width)
    colours = np.unique(rows[:, 1:].reshape(-1, 3), axis=0)
    assert len(colours) > 5


def test_what_cannot_be_drawn_is_one_clear_failure(tmp_path, spectra):
    for arguments in [(3655, 55240, 999), (1, 2, 3), ("x", 55240, 2)]:
        done = h5boss("plot", spectra, *arguments, "-o", tmp_path / "a.svg", status=1)
        assert done.stderr.count("\n") == 1
    h5boss("plot", spectra, *ids(SPECTRA[0]), "-o", tmp_path / "a.gif", status=1)
    assert not list(tmp_path.iterdir())
    assert fibers_of(spectra)


# ---- several ranks, and how far a command is ----


def on_ranks(count, *arguments):
    """Starts a command as mpirun does, and returns what each rank said."""
    running = []
    for rank in range(count):
        numbers = {"OMPI_COMM_WORLD_RANK": str(rank), "OMPI_COMM_WORLD_SIZE": str(count)}
        running.append(
            subprocess.Popen(
                [H5BOSS, *map(str, arguments)],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                env=os.environ | numbers,
            )
        )
    said = [process.communicate(timeout=120) for process in running]
    assert [process.returncode for process in running] == [0] * count, said
    return [out for out, _ in said]


@pytest.mark.parametrize("count", [2, 3, 5])
def test_ranks_share_the_plates_of_a_conversion(tmp_path, count):
    h5boss("generate", "--plates", 4, "--fibers", 6, "--exposures", 0, "-o", tmp_path / "fits")
    h5boss("convert", tmp_path / "fits", "-o", tmp_path / "one")
    on_ranks(count, "convert", tmp_path / "fits", "-o", tmp_path / "many", "--strict")
    names = sorted(os.listdir(tmp_path / "one"))
    assert len(names) == 4
    assert sorted(os.listdir(tmp_path / "many")) == names
    for name in names:
        done = h5boss("verify", tmp_path / "many" / name, tmp_path / "one" / name, "--strict")
        assert "0 differences" in done.stdout


def test_one_output_is_made_once_on_several_ranks(tmp_path, plate):
    listed = pmf(tmp_path / "list", [(4000, 55500, fiber) for fiber in (1, 2, 9)])
    out = tmp_path / "out.hdf5"
    on_ranks(3, "subset", plate / "a.hdf5", "-o", out, "--pmf", listed)
    assert fibers_of(out) == {(4000, 55500, fiber) for fiber in (1, 2, 9)}
    said = on_ranks(3, "count", out)
    assert sorted(said) == ["", "", "3\n"]
    on_ranks(3, "index", plate, "-o", tmp_path / "index.hdf5")
    assert h5boss("count", tmp_path / "index.hdf5").stdout == "60\n"


@pytest.mark.parametrize("count", [2, 4])
def test_ranks_copy_their_shares_of_a_subset(tmp_path, plate, count):
    """More bytes than one piece of the work, and the same file as from one process."""
    listed = pmf(tmp_path / "list", [(4000, 55500, fiber) for fiber in range(1, 50)])
    on_ranks(count, "subset", plate / "a.hdf5", "-o", tmp_path / "many", "--pmf", listed)
    h5boss("subset", plate / "a.hdf5", "-o", tmp_path / "one", "--pmf", listed)
    assert (tmp_path / "many").read_bytes() == (tmp_path / "one").read_bytes()
    on_ranks(count, "merge", plate / "a.hdf5", "-o", tmp_path / "all.hdf5")
    assert len(fibers_of(tmp_path / "all.hdf5")) == 60
    assert sorted(p.name for p in tmp_path.iterdir()) == ["all.hdf5", "list", "many", "one"]


def test_notes_of_killed_ranks_do_no_harm(tmp_path, plate):
    """The launcher of these ranks is this process, so all of them meet by the same name."""
    listed = pmf(tmp_path / "list", [(4000, 55500, fiber) for fiber in (1, 2, 9)])
    out = tmp_path / "out.hdf5"
    note = f".out.hdf5.ranks-{os.getpid()}"
    (tmp_path / ".out.hdf5.part-999999999").write_bytes(b"half")
    (tmp_path / note).write_text(f"{tmp_path}/.out.hdf5.part-999999999\n12345")
    (tmp_path / f"{note}.1").write_text(f"{tmp_path}/.out.hdf5.part-999999999\n12345\ndone")
    on_ranks(3, "subset", plate / "a.hdf5", "-o", out, "--pmf", listed)
    assert fibers_of(out) == {(4000, 55500, fiber) for fiber in (1, 2, 9)}
    assert sorted(p.name for p in tmp_path.iterdir()) == ["list", "out.hdf5"]


@pytest.mark.parametrize("count", [2, 5])
def test_ranks_make_an_index_together(tmp_path, count):
    h5boss("generate", "--plates", 4, "--fibers", 6, "--exposures", 1, "-o", tmp_path / "fits")
    h5boss("convert", tmp_path / "fits", "-o", tmp_path / "plates")
    h5boss("merge", tmp_path / "plates", "-o", tmp_path / "plates/9.hdf5")
    h5boss("index", tmp_path / "plates", "-o", tmp_path / "one.hdf5")
    said = on_ranks(count, "index", tmp_path / "plates", "-o", tmp_path / "many.hdf5")
    assert said[0].startswith("24 fibres of ")
    assert said[1:] == [""] * (count - 1)
    with h5py.File(tmp_path / "one.hdf5") as one, h5py.File(tmp_path / "many.hdf5") as many:
        for name in ("fibers", "exposures", "plates", "files/mtime"):
            assert sorted(many[name][()].tolist()) == sorted(one[name][()].tolist()), name
    assert sorted(p.name for p in tmp_path.iterdir()) == ["fits", "many.hdf5", "one.hdf5", "plates"]
    shown = "SELECT PLATE, MJD, FIBERID, Z, CLASS FROM fibers ORDER BY 1, 2, 3"
    asked = [h5boss("query", tmp_path / f"{n}.hdf5", shown).stdout for n in ("one", "many")]
    assert asked[0] == asked[1]


def test_ranks_verify_their_shares(tmp_path):
    h5boss("generate", "--plates", 4, "--fibers", 6, "--exposures", 0, "-o", tmp_path / "fits")
    h5boss("convert", tmp_path / "fits", "-o", tmp_path / "all.hdf5")
    said = on_ranks(3, "verify", tmp_path / "all.hdf5", tmp_path / "fits", "--strict")
    fibers = [int(line.split(": ")[1].split()[0]) for line in said]
    assert sum(fibers) == int(h5boss("count", tmp_path / "all.hdf5").stdout)
    assert all("0 differences" in line for line in said)


def test_a_bar_is_shown_on_a_terminal_only_and_is_gone_at_the_end(tmp_path):
    ours, theirs = os.openpty()
    command = ["generate", "--plates", 3, "--fibers", 200, "--exposures", 0, "-o", tmp_path]
    running = subprocess.Popen(
        [H5BOSS, *map(str, command)], stderr=theirs, stdout=subprocess.DEVNULL
    )
    os.close(theirs)
    text = ""
    while True:
        try:
            text += os.read(ours, 1 << 16).decode()
        except OSError:  # the other end is closed
            break
    os.close(ours)
    assert running.wait() == 0
    if text:  # it may have been quicker than a bar is drawn
        assert "%" in text
        assert text.endswith("\r\x1b[K")
    assert h5boss("convert", tmp_path, "-o", tmp_path / "a.hdf5").stderr == ""
