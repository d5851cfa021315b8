"""A standalone Spark of one master and two workers on the loopback, of which one is killed."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import h5py
import numpy as np
import pyspark
import pytest

HOME = Path(pyspark.__file__).parent

JOB = """
import os, signal, sys, time
from pathlib import Path
from pyspark.sql import SparkSession
import hyperslab.spark

master, data, out, flag = sys.argv[1:]
spark = (SparkSession.builder.master(master).config("spark.ui.enabled", "false")
    .config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
    .config("spark.executor.memory", "512m").config("spark.executor.cores", "1")
    .config("spark.cores.max", "2").getOrCreate())
spark.sparkContext.setLogLevel("OFF")
hyperslab.spark.register(spark)
frame = spark.read.format("hdf5").options(dataset="d", partitionBytes="4k").load(data)

def slowly(batches):  # until the test has killed a worker
    for batch in batches:
        Path(flag).touch()
        time.sleep(0.2)
        yield batch

frame = frame.mapInArrow(slowly, frame.schema)
frame.write.format("hdf5").option("dataset", "/d").mode("append").save(out)
written = spark.read.format("hdf5").option("dataset", "/d").load(out)
print("RESULT", written.count(), written.agg({"value": "sum"}).first()[0], flush=True)
spark.stop()
"""


def start(role, *arguments, log, environment):
    return subprocess.Popen(
        [HOME / "bin" / "spark-class", f"org.apache.spark.deploy.{role}", *arguments],
        stdout=log,
        stderr=log,
        env=environment,
        start_new_session=True,
    )


def wait_for(condition, seconds, what):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.2)
    raise AssertionError(f"{what} did not happen within {seconds} s")


def kill(process):
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.fixture
def cluster(tmp_path):
    """The address of the master, and the processes of two workers."""
    environment = os.environ | {
        "SPARK_HOME": str(HOME),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_WORKER_DIR": str(tmp_path / "work"),
        "SPARK_LOCAL_DIRS": str(tmp_path / "local"),
        "PYSPARK_PYTHON": sys.executable,
    }
    started = []
    log_path = tmp_path / "master.log"
    try:
        with open(log_path, "w") as log:
            started.append(
                start(
                    "master.Master", "--host", "127.0.0.1", "--port", "0", "--webui-port", "0",
                    log=log, environment=environment,
                )
            )  # fmt: skip
        address = wait_for(
            lambda: re.search(r"Starting Spark master at (spark://\S+)", log_path.read_text()),
            240,
            "the start of the master",
        ).group(1)
        for number in range(2):
            with open(tmp_path / f"worker{number}.log", "w") as log:
                started.append(
                    start(
                        "worker.Worker", "--host", "127.0.0.1", "--webui-port", "0", "--cores",
                        "1", "--memory", "1g", address, log=log, environment=environment,
                    )
                )  # fmt: skip
        wait_for(lambda: log_path.read_text().count("Registering worker") == 2, 240, "two workers")
        yield address, started[1:], environment
    finally:
        for process in started:
            kill(process)


def executors_of(worker):
    """The processes that a worker has started, which do not end with it at once."""
    found = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(worker.pid)], capture_output=True, text=True
    )
    return [int(pid) for pid in found.stdout.split()]


def test_a_worker_that_is_killed_neither_loses_nor_doubles_rows(cluster, tmp_path):
    address, workers, environment = cluster
    data = tmp_path / "data.h5"
    with h5py.File(data, "w") as file:
        file.create_dataset("d", data=np.arange(10_000), chunks=(500,))
    flag, out = tmp_path / "begun", tmp_path / "out"
    job = subprocess.Popen(
        [sys.executable, "-c", JOB, address, data, out, flag],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        start_new_session=True,
    )
    try:
        wait_for(lambda: flag.exists() or job.poll() is not None, 300, "the begin of the job")
        time.sleep(0.5)
        for pid in executors_of(workers[0]):
            os.kill(pid, signal.SIGKILL)
        kill(workers[0])
        output, errors = job.communicate(timeout=600)
    finally:
        kill(job)
    assert job.returncode == 0, errors[-3000:]
    assert f"RESULT 10000 {sum(range(10_000))}" in output
    with h5py.File(out / "_virtual.h5") as file:
        assert sorted(file["d"]["value"].tolist()) == list(range(10_000))
    assert not (out / "_temporary").exists()
