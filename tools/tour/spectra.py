"""The program h5boss: a made-up plate of a sky survey, a question, a picture of a spectrum."""

from pathlib import Path

from .programs import built, output_of

PICTURE = Path(__file__).parents[2] / "build" / "spectrum.svg"


def run(report, program, folder, *arguments, expect):
    report.did(" ".join(["h5boss", *arguments]), prompt="$ ")
    ok, output = output_of(program, *arguments, folder=folder)
    if output:
        report.block(output)
    missing = [word for word in expect if word not in output]
    report.check("it does what it says", ok and not missing, f"missing: {missing}")


def tour(report, folder):
    report.heading("4  Spectra of a sky survey")
    program = built("h5boss")
    if program is None:
        report.note("The program h5boss is not built: it needs CFITSIO.")
        return
    question = "CLASS = 'QSO' AND Z > 2"
    generate = ["generate", "--fibers", "40", "--exposures", "0", "-o", "redux"]
    run(report, program, folder, *generate, expect=["4000/55500"])
    run(report, program, folder, "convert", "redux", "-o", "plates", expect=[])
    run(report, program, folder, "query", "plates", question, expect=["QSO"])
    output = output_of(program, "query", "plates", question, "--csv", folder=folder)[1]
    fiber = output.splitlines()[1].split(",")[2]
    place = ["plates/4000-55500.hdf5", "4000", "55500", fiber]
    run(report, program, folder, "info", *place, expect=["Angstrom"])
    run(report, program, folder, "plot", *place, "-o", "spectrum.svg", expect=[])
    picture = Path(folder) / "spectrum.svg"
    report.check("the picture is there", picture.exists(), "no picture")
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_bytes(picture.read_bytes())
    report.note(f"A quasar: {PICTURE}")
