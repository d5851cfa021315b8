"""The program hyperslab on a file that netCDF4 has written."""

from pathlib import Path

from .programs import built, output_of, writer


def run(report, program, folder, *arguments, expect):
    report.did(" ".join(["hyperslab", *arguments]), prompt="$ ")
    ok, output = output_of(program, *arguments, folder=folder)
    report.block(output)
    missing = [word for word in expect if word not in output]
    report.check("it says what is there", ok and not missing, f"missing: {missing}")


def tour(report, folder):
    report.heading("3  The command line")
    program = built("hyperslab")
    if program is None:
        report.check("the program hyperslab is not built", False, "./dev build dev demo")
        return
    writer("netcdf4", "write", Path(folder) / "weather.nc")
    uses = [
        (["tree", "weather.nc"], ["temperature", "station", "time"]),
        (["info", "weather.nc", "temperature"], ["temperature", "float32"]),
        (["dump", "weather.nc", "temperature[0:2]"], ["100", "105"]),
    ]
    for arguments, expect in uses:
        run(report, program, folder, *arguments, expect=expect)
