"""Reads an NWB file as a laboratory would, with pynwb and nwbinspector, and prints what it found as one JSON object.

Arguments: the file, and the path of the series of electrodes in it.
"""

import json
import sys
from datetime import datetime

import h5py
import numpy as np
import pynwb
import spikeinterface
import spikeinterface.extractors as extractors
from nwb_checks import inspection, validation
from pynwb import NWBHDF5IO
from pynwb.ecephys import ElectricalSeries


def timing(series):
    """Times of a series: the number of its time stamps, or its start and rate."""
    if series.timestamps is not None:
        return {"timestamps": len(series.timestamps), "first": float(series.timestamps[0]), "last": float(series.timestamps[-1])}
    return {"start": float(series.starting_time), "rate": float(series.rate)}


def read(path):
    values = {}
    with NWBHDF5IO(path, "r") as io:
        nwb = io.read()
        values["identifier"] = nwb.identifier
        values["started"] = nwb.session_start_time.timestamp()
        assert isinstance(nwb.timestamps_reference_time, datetime)
        values["subject"] = nwb.subject.subject_id if nwb.subject else None
        values["subject age"] = nwb.subject.age if nwb.subject else None
        raw = next((each for each in nwb.objects.values() if isinstance(each, ElectricalSeries)), None)
        if raw is not None:
            values["raw shape"] = list(raw.data.shape)
            values["raw type"] = str(raw.data.dtype)
            values["raw sum"] = float(np.sum(raw.data[:], dtype=np.float64))
            values["raw volts per bit"] = float(raw.conversion)
            values["raw timing"] = timing(raw)
            values["raw electrodes"] = [int(row) for row in raw.electrodes.data[:]]
        units = nwb.units
        values["spikes per electrode"] = [len(units["spike_times"][row]) for row in range(len(units))] if units else []
        values["spike time sum"] = float(sum(np.sum(units["spike_times"][row]) for row in range(len(units)))) if units else 0.0
        values["unit electrodes"] = [int(units["electrodes"][row].index[0]) for row in range(len(units))] if units else []
        population = nwb.processing["simulated_population"]
        neurons = population["neurons"]
        values["simulated neurons"] = len(neurons)
        values["simulated spikes"] = sum(len(neurons["spike_times"][row]) for row in range(len(neurons)))
        if "plastic_weights" in population.data_interfaces:
            values["weights shape"] = list(population["plastic_weights"]["weights"].data.shape)
        if "closed_loop" in nwb.processing:
            latency = nwb.processing["closed_loop"]["loop_latency"]
            values["ticks"] = len(latency.data)
            values["latency max in µs"] = int(np.round(np.max(latency.data[:]) * 1000))
            values["tick timing"] = timing(latency)
            handling = nwb.processing["closed_loop"]["late_handling"]
            values["late ticks"] = int(np.count_nonzero(handling.data[:]))
            values["handling timing"] = timing(handling)
        intervals = nwb.intervals or {}
        pulses = intervals["stimulation_pulses"].to_dataframe() if "stimulation_pulses" in intervals else None
        delivered = pulses[pulses["outcome"] == "delivered"] if pulses is not None else []
        values["delivered pulses"] = len(delivered)
        values["delivered electrodes"] = sorted({int(region.index[0]) for region in delivered["electrode"]}) if len(delivered) else []
        stimulus = nwb.stimulus.get("delivered_current")
        values["delivered currents"] = len(stimulus.data) if stimulus else 0
        refused = intervals["refused_requests"].to_dataframe() if "refused_requests" in intervals else None
        values["refusals"] = refused["code"].value_counts().to_dict() if refused is not None else {}
        values["epochs"] = list(nwb.epochs["phase"][:]) if nwb.epochs is not None else []
        values["invalid times"] = len(nwb.invalid_times) if nwb.invalid_times is not None else 0
        values["faults"] = len(nwb.acquisition["faults"].data) if "faults" in nwb.acquisition else 0
    return values


def read_spikeinterface(path, series):
    """The samples as SpikeInterface gives them to a spike sorter."""
    recording = extractors.read_nwb_recording(path, electrical_series_path=series)
    traces = recording.get_traces()
    return {
        "spikeinterface raw shape": [recording.get_num_frames(), recording.get_num_channels()],
        "spikeinterface raw sum": float(np.sum(traces, dtype=np.float64)),
        "spikeinterface gain in µV": float(recording.get_channel_gains()[0]),
    }


path, series = sys.argv[1:]
print(
    json.dumps(
        {
            "versions": {"pynwb": pynwb.__version__, "h5py": h5py.__version__, "spikeinterface": spikeinterface.__version__},
            "validation": validation(path),
            "inspection": inspection(path),
            "values": {**read(path), **read_spikeinterface(path, series)},
        }
    )
)
