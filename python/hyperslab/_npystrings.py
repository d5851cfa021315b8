"""NumPy's variable-width strings (StringDType). They travel through NumPy's own functions here."""


def npystrings_pack(space, contig, noncontig, descr):
    """Not here: it works on NumPy's memory, of which hyperslab knows nothing. Write the array."""
    raise NotImplementedError("hyperslab does not work on NumPy's memory; write the array instead")


def npystrings_unpack(space, contig, noncontig, descr, npoints):
    """Not here: it works on NumPy's memory, of which hyperslab knows nothing. Read the array."""
    raise NotImplementedError("hyperslab does not work on NumPy's memory; read the array instead")
