"""What is wrong with an NWB file by its schema, and by what DANDI asks for."""

import pynwb
from nwbinspector import inspect_nwbfile, load_config
from pynwb import NWBHDF5IO


def validation(path):
    """Errors against the schema that this pynwb carries; pynwb before version 3 takes the open file."""
    if int(pynwb.__version__.split(".")[0]) >= 3:
        return [str(error) for error in pynwb.validate(path=path)]
    with NWBHDF5IO(path, "r") as io:
        return [str(error) for error in pynwb.validate(io=io)]


def inspection(path):
    return [
        {"importance": message.importance.name, "check": message.check_function_name, "object": message.object_name, "message": message.message}
        for message in inspect_nwbfile(nwbfile_path=path, config=load_config("dandi"))
    ]
