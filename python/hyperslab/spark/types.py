"""Arrow types as Spark has them, and arrays of the one as arrays of the other.

Spark has no unsigned numbers, no half floats, no dictionaries and no lists of a fixed size: each
becomes the next type that holds every value.
"""

import numpy
import pyarrow as pa
from pyspark.sql import types as spark
from pyspark.sql.pandas.types import to_arrow_schema

_SIMPLE = {
    pa.int8(): spark.ByteType(),
    pa.int16(): spark.ShortType(),
    pa.int32(): spark.IntegerType(),
    pa.int64(): spark.LongType(),
    pa.uint8(): spark.ShortType(),
    pa.uint16(): spark.IntegerType(),
    pa.uint32(): spark.LongType(),
    pa.uint64(): spark.DecimalType(20, 0),
    pa.float16(): spark.FloatType(),
    pa.float32(): spark.FloatType(),
    pa.float64(): spark.DoubleType(),
    pa.bool_(): spark.BooleanType(),
    pa.string(): spark.StringType(),
    pa.large_string(): spark.StringType(),
    pa.binary(): spark.BinaryType(),
}


def spark_type(arrow, nulls):
    """The Spark type for values of an Arrow type. `nulls` says whether parts of them may be null.

    Where none is, Spark looks for none, which is much of the time it takes for a number.
    """
    if arrow in _SIMPLE:
        return _SIMPLE[arrow]
    if pa.types.is_dictionary(arrow):
        return spark_type(arrow.value_type, nulls)
    if pa.types.is_fixed_size_list(arrow) or pa.types.is_list(arrow):
        return spark.ArrayType(spark_type(arrow.value_type, nulls), nulls)
    if pa.types.is_struct(arrow):
        return spark.StructType(
            [spark.StructField(f.name, spark_type(f.type, nulls), nulls) for f in arrow]
        )
    raise TypeError(f"Spark has no type for Arrow's {arrow}")


def arrow_schema(schema):
    """The Arrow schema that Spark expects of the batches of a source."""
    return to_arrow_schema(schema, timezone="UTC")


def convert(array, target):
    """An Arrow array as one of the type that Spark expects."""
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    kind = array.type
    if kind == target:
        return array
    if pa.types.is_dictionary(kind):
        return convert(array.dictionary_decode(), target)
    if pa.types.is_fixed_size_list(kind):
        offsets = numpy.arange(len(array) + 1, dtype="i8") * kind.list_size
        return _list(offsets, array.flatten(), target)
    if pa.types.is_list(kind):
        offsets = numpy.asarray(array.offsets)
        first, last = (int(offsets[0]), int(offsets[-1])) if len(offsets) else (0, 0)
        return _list(offsets - first, array.values.slice(first, last - first), target)
    if pa.types.is_struct(kind):
        children = [convert(array.field(i), target.field(i).type) for i in range(kind.num_fields)]
        return pa.StructArray.from_arrays(children, fields=list(target))
    return array.cast(target)


def _list(offsets, values, target):
    if offsets[-1] > 0x7FFFFFFF:
        raise ValueError("a batch of rows has more than 2147483647 elements: read fewer at once")
    return pa.ListArray.from_arrays(
        pa.array(offsets.astype("i4")), convert(values, target.value_type), type=target
    )
