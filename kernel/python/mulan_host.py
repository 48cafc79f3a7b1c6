"""Runs a person's own towers in their own Python: the child's end of kernel/mulan/model/python.

Reads requests from and writes replies to file descriptor 3 (frames: u32 length of JSON, u32 length of bytes, JSON,
bytes), so that whatever the towers print stays free. Standard library and numpy only.
"""

import importlib.util
import json
import os
import platform
import queue
import signal
import struct
import sys
import threading
import traceback

try:
    import numpy as np
except ImportError:
    np = None

PIPE = 3
HEADER = struct.Struct("<II")
NUMBERS = ("sample_rate_hz", "window", "dim", "temperature", "hop", "max_batch")
TEXTS = ("name", "version", "licence", "padding")


def read_exactly(n):
    parts = []
    while n > 0:
        try:
            part = os.read(PIPE, min(n, 1 << 20))
        except OSError:  # how a parent that left a reply unread goes
            part = b""
        if not part:
            os._exit(0)  # the parent is gone
        parts.append(part)
        n -= len(part)
    return b"".join(parts)


def write_frame(message, payload=b""):
    text = json.dumps(message).encode()
    data = memoryview(HEADER.pack(len(text), len(payload)) + text + payload)
    while data:
        try:
            data = data[os.write(PIPE, data) :]
        except OSError:
            os._exit(0)  # the parent is gone


def read_frames(requests, cancelled):
    while True:
        json_length, bytes_length = HEADER.unpack(read_exactly(HEADER.size))
        message = json.loads(read_exactly(json_length))
        payload = read_exactly(bytes_length)
        if message["type"] == "cancel":
            cancelled.add(message["id"])
        else:
            requests.put((message["id"], message["value"], payload))


def module_name(path):
    """The file's own, so that processes it spawns can import it; one that is taken (a "torch.py") would hide its owner."""
    name = os.path.splitext(os.path.basename(path))[0]
    if not name.isidentifier() or name in sys.modules:
        return "mulan_towers"
    found = importlib.util.find_spec(name)
    return name if found and found.has_location and os.path.samefile(found.origin, path) else "mulan_towers"


class Towers:
    """The person's file as a module, loaded by the first request."""

    def __init__(self):
        self.module = None

    def load(self, path):
        if self.module is None:
            sys.path.insert(0, os.path.dirname(path))
            name = module_name(path)
            spec = importlib.util.spec_from_file_location(name, path)
            module = importlib.util.module_from_spec(spec)
            sys.modules[name] = module
            spec.loader.exec_module(module)
            self.module = module
        return self.module


def plain(value):
    """A number of numpy or torch as Python's own."""
    return value.item() if hasattr(value, "item") else value


def describe(module):
    found = {name: plain(getattr(module, name)) for name in NUMBERS + TEXTS if getattr(module, name, None) is not None}
    for name in ("embed_audio", "embed_text"):
        found[name] = callable(getattr(module, name, None))
    found["python"] = platform.python_version()
    return found


def as_numbers(result):
    """numpy of a torch tensor on any device, whether it requires grad or not, or of a list of them."""
    if hasattr(result, "detach"):
        return result.detach().float().cpu().numpy()
    if isinstance(result, (list, tuple)):
        return [as_numbers(one) for one in result]
    return result


def as_rows(result, n, name):
    """[n, dim] float32 of what a tower gave back: numpy, torch on any device, or lists."""
    if result is None:
        raise NothingReturned(f"{name} returned None: does it end without a return?")
    rows = np.asarray(as_numbers(result), dtype=np.float32)
    if rows.ndim == 1 and n == 1:
        rows = rows[None]
    return np.ascontiguousarray(rows)


def answer(towers, request, payload):
    if np is None:
        raise NoNumpy
    module = towers.load(request["path"])
    op = request["op"]
    if op == "describe":
        return describe(module), b""
    if op == "audio":
        pcm = np.frombuffer(payload, dtype="<f4").reshape(request["n"], -1).copy()
        rows = as_rows(module.embed_audio(pcm, request["sampleRateHz"]), request["n"], "embed_audio")
    else:
        rows = as_rows(module.embed_text(list(request["texts"])), len(request["texts"]), "embed_text")
    return {"dims": list(rows.shape)}, rows.astype("<f4").tobytes()


class NoNumpy(Exception):
    pass


class NothingReturned(Exception):
    pass


def no_numpy():
    remedy = f"Install it ({sys.executable} -m pip install numpy), or name another Python in the environment variable MULAN_PYTHON"
    problem = "this Python has no numpy"
    mulan = {"code": "python.no-numpy", "problem": problem, "parts": {"subject": sys.executable, "remedy": remedy}}
    return {"name": "MulanError", "message": problem, "mulan": mulan}


def failure(error, request):
    """The error with its last lines in the person's own code."""
    if isinstance(error, NoNumpy):
        return no_numpy()
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename != __file__ and "importlib" not in frame.filename]
    lines = "".join(traceback.format_list(frames[-3:])).rstrip()
    what = "".join(traceback.format_exception_only(type(error), error)).strip()
    doing = {"audio": "embed_audio failed", "text": "embed_text failed"}.get(request["op"], "cannot be run")
    parts = {"subject": request["path"]}
    problem = f"{doing}: {what}" + (f"\n{lines}\n" if lines else "")
    if isinstance(error, NothingReturned):
        problem = str(error)
    mulan = {"code": "python.error", "problem": problem, "parts": parts}
    return {"name": "MulanError", "message": problem, "mulan": mulan}


def main():
    # Ctrl-C reaches every process of the terminal: what is interrupted is the parent's to say, which ends this one. A
    # handler, not SIG_IGN, which programs that the towers start would inherit.
    signal.signal(signal.SIGINT, lambda *_: None)
    requests, cancelled = queue.Queue(), set()
    threading.Thread(target=read_frames, args=(requests, cancelled), daemon=True).start()
    towers = Towers()
    while True:
        identity, request, payload = requests.get()
        if identity in cancelled:
            write_frame({"id": identity, "type": "error", "error": {"name": "AbortError", "message": "cancelled"}})
            continue
        try:
            value, data = answer(towers, request, payload)
            write_frame({"id": identity, "type": "reply", "value": value}, data)
        except BaseException as error:  # SystemExit and KeyboardInterrupt of the person's code as well
            write_frame({"id": identity, "type": "error", "error": failure(error, request)})
        sys.stdout.flush()
        sys.stderr.flush()


if __name__ == "__main__":
    main()
