"""Reads recordings of other programs as a laboratory would, with python-neo and pynwb, and prints what it found as one JSON object.

The first argument is a file with a JSON list of recordings: name, reader, path, stream, microvoltsPerBit. The samples of each are told by the SHA-256 of
their bits as little-endian 16-bit integers, sample after sample.
"""

import hashlib
import json
import sys

import neo
import neo.rawio
import numpy as np
import pynwb


def bits(microvolts, scales):
    """Whole bits of the channels' scales; what neo computes in 32 bits is rounded back."""
    values = np.asarray(microvolts, dtype=np.float64) / np.asarray(scales, dtype=np.float64)
    rounded = np.round(values)
    assert np.max(np.abs(values - rounded)) < 0.01, "the scales differ"
    return rounded.astype("<i2")


def read_neo(recording):
    raw = getattr(neo.rawio, recording["reader"])(recording["path"])
    raw.parse_header()
    names = list(raw.header["signal_streams"]["name"])
    stream = next(index for index, name in enumerate(names) if recording["stream"] in name)
    every = raw.header["signal_channels"]
    channels = every[every["stream_id"] == raw.header["signal_streams"][stream]["id"]]
    # Bits of sync and digital words, and analogue inputs, are no electrodes.
    wanted = [index for index, name in enumerate(channels["name"]) if not name.startswith(("SY", "XD", "ADC"))]
    chunk = raw.get_analogsignal_chunk(block_index=0, seg_index=0, stream_index=stream, channel_indexes=wanted)
    values = raw.rescale_signal_raw_to_float(chunk, dtype="float64", stream_index=stream, channel_indexes=wanted)
    factors = np.array([1e6 if channels["units"][index] == "V" else 1 for index in wanted])
    return {
        "rate": float(raw.get_signal_sampling_rate(stream)),
        "channels": [str(channels["name"][index]) for index in wanted],
        "samples": bits(values * factors, recording["microvoltsPerBit"]),
    }


def read_nwb(recording):
    with pynwb.NWBHDF5IO(recording["path"], "r") as io:
        series = io.read().acquisition[recording["stream"]]
        values = np.asarray(series.data[:], dtype=np.float64) * series.conversion * 1e6
        names = [str(row) for row in series.electrodes.data[:]]
        return {"rate": float(series.rate), "channels": names, "samples": bits(values, recording["microvoltsPerBit"])}


def read(recording):
    try:
        found = read_nwb(recording) if recording["reader"] == "pynwb" else read_neo(recording)
        samples = found.pop("samples")
        return {**found, "shape": list(samples.shape), "sha256": hashlib.sha256(samples.tobytes()).hexdigest()}
    except Exception as error:  # What the other program cannot read is told, and is no failure of ours.
        return {"unreadable": f"{type(error).__name__}: {error}"}


with open(sys.argv[1]) as file:
    recordings = json.load(file)
print(json.dumps({"neo": neo.__version__, "pynwb": pynwb.__version__, "found": [read(recording) for recording in recordings]}))
