"""Reads an NWB file as a laboratory would, with python-neo, and prints what it found as one JSON object.

Arguments: the file, and the volts of one bit of the device. Samples are told by the SHA-256 of their bits as little-endian 16-bit integers, sample after
sample; what neo refuses to open is told by neo's own words.
"""

import hashlib
import json
import sys

import neo
import numpy as np
from neo.io import NWBIO


def seconds(times):
    return [float(time) for time in times.rescale("s").magnitude]


def timing(signal):
    """Times of a signal: its start and rate, or the number of its time stamps."""
    if hasattr(signal, "sampling_rate") and signal.sampling_rate is not None:
        return {"start": float(signal.t_start.rescale("s")), "rate": float(signal.sampling_rate.rescale("Hz"))}
    times = signal.times.rescale("s").magnitude
    return {"timestamps": len(times), "first": float(times[0]), "last": float(times[-1]), "sum": float(np.sum(times))}


def samples(signal, volts_per_bit):
    """Whether each sample is, to single precision, a whole number of the device's bits, and which."""
    bits = np.asarray(signal.rescale("V").magnitude, dtype=np.float64) / volts_per_bit
    rounded = np.round(bits)
    errors = np.abs(bits - rounded)
    return {
        "samples": {"shape": list(bits.shape), "sha256": hashlib.sha256(rounded.astype("<i2").tobytes()).hexdigest()},
        "samples beyond single precision": int(np.count_nonzero(errors > 2.0**-23 * np.abs(rounded))),
        "timing": timing(signal),
    }


def read(path, volts_per_bit):
    blocks = NWBIO(path, "r").read_all_blocks()
    segments = [segment for block in blocks for segment in block.segments]
    every = lambda kind: [each for segment in segments for each in getattr(segment, kind)]
    signals = {signal.name: signal for signal in every("analogsignals") + every("irregularlysampledsignals")}
    values = samples(signals["raw"], volts_per_bit) if "raw" in signals else {}
    current = signals.get("delivered_current")
    values["pulses"] = [] if current is None else list(zip(seconds(current.times), [float(amps) for amps in current.rescale("A").magnitude.ravel()]))
    values["inputs"] = {
        name.removeprefix("digital_input_"): list(zip(seconds(signal.times), [int(state) for state in signal.magnitude.ravel()]))
        for name, signal in signals.items()
        if name.startswith("digital_input_")
    }
    trains = every("spiketrains")
    values["spikes per electrode"] = [len(train) for train in trains]
    values["spike time sums"] = [float(np.sum(seconds(train))) for train in trains]
    values["spike train ends"] = [float(train.t_stop.rescale("s")) for train in trains]
    values["epochs"] = [
        [str(name), *ends] for epoch in every("epochs") for name, *ends in zip(epoch.labels, seconds(epoch.times), seconds(epoch.times + epoch.durations))
    ]
    events = {event.name: event for event in every("events")}
    marks = events.get("operator_marks")
    values["marks"] = [] if marks is None else list(zip(seconds(marks.times), [str(label) for label in marks.labels]))
    values["faults"] = len(events["faults"]) if "faults" in events else 0
    return values


try:
    found = {"values": read(sys.argv[1], float(sys.argv[2]))}
except Exception as error:  # That neo refuses a file is a finding.
    found = {"refused": f"{type(error).__name__}: {error}"}
print(json.dumps({"neo": neo.__version__, **found}))
