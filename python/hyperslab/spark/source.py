"""The DataSource that Spark knows as "hdf5"."""

from pyspark.sql.datasource import DataSource

from .catalogue import CatalogueReader, catalogue_schema
from .options import parse
from .reader import Reader, schema_of
from .writer import Writer


class HDF5DataSource(DataSource):
    """``spark.read.format("hdf5").option("dataset", "/x").load(path)``."""

    pushdown_checked = False

    @classmethod
    def name(cls):
        return "hdf5"

    def schema(self):
        options = parse(self.options)
        return catalogue_schema(options.catalogue) if options.catalogue else schema_of(options)

    def reader(self, schema):
        options = parse(self.options)
        if options.catalogue:
            return CatalogueReader(options)
        if not options.pushdown:
            return Reader(options, schema)
        if not self.pushdown_checked:
            raise ValueError(
                "filters are pushed down only after hyperslab.spark.register(spark, pushdown=True) "
                "has seen that this Spark does it right; rows and files prune without that"
            )
        from .pushdown import PushdownReader

        return PushdownReader(options, schema)

    def streamReader(self, schema):
        from .stream import StreamReader

        return StreamReader(parse(self.options), schema)

    def writer(self, schema, overwrite):
        return Writer(self.options, schema, overwrite)


class PushdownDataSource(HDF5DataSource):
    """The source where Spark was seen to prune each query by its own filters."""

    pushdown_checked = True
